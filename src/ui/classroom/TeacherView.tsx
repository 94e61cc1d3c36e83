import { useState } from 'react';
import { say } from '../../core/language/say';
import type { ClassAnswer } from '../../core/runs/pool/pooledRun';
import { download } from '../download';
import { csvOf } from '../charts/tableOfChart';
import { classTable } from './classTable';
import { ClassRuns } from './ClassRuns';
import { useClassroom, useClassState } from './useClassroom';

/** The class as it is projected: how to join, who has, and the runs of all. */
export function TeacherView() {
  const classroom = useClassroom();
  const overview = useClassState((state) => state.overview);
  const count = useClassState((state) => state.runs.size);
  const [clearing, setClearing] = useState(false);
  if (!overview) return <p className="empty-note">{say('Asking the class …')}</p>;
  const { code, addresses, open, members, wrongCodes } = overview;
  const save = () => {
    const csv = csvOf(classTable([...classroom.state.runs.values()]));
    download('class.csv', 'text/csv', new TextEncoder().encode(csv));
  };
  const clear = () => {
    setClearing(false);
    void classroom.clear();
  };
  return (
    <>
      {open ? (
        <div className="class-invitation">
          <p>
            {addresses.map((address) => (
              <span key={address} className="class-address">
                {address}
              </span>
            ))}
          </p>
          <p className="class-code">
            <span className="visually-hidden">{say('Code')} </span>
            {code}
          </p>
        </div>
      ) : (
        <p role="status">{say('The class is closed: nobody joins, and no run is added. Members still see what was shared.')}</p>
      )}
      <Members members={members} />
      {wrongCodes > 10 && (
        <p className="hint">
          {say(
            '{wrongCodes, number} wrong codes within the last minute. Somebody may be guessing; look whether there are more members than people in the room.',
            {
              wrongCodes,
            },
          )}
        </p>
      )}
      <div className="buttons">
        <button onClick={() => void classroom.setOpen(!open)}>{open ? say('Close the class') : say('Open the class')}</button>
        <button disabled={count === 0} onClick={save}>
          {say('Save all runs')}
        </button>
        <button disabled={count === 0 || clearing} onClick={() => setClearing(true)}>
          {say('Clear …')}
        </button>
        {/* Elsewhere than the first button, so that a double click removes nothing. */}
        {clearing && (
          <>
            <button autoFocus onClick={() => setClearing(false)}>
              {say('Keep all')}
            </button>
            <button onClick={clear}>{say('Remove {count, plural, one {# run} other {# runs}} for good', { count })}</button>
          </>
        )}
      </div>
      <ClassRuns mayRemove={() => true} />
    </>
  );
}

type Member = ClassAnswer['members'][number];

const wordsOn = ({ member, runs, here }: Member) =>
  here
    ? say('Member {member}, {runs, plural, one {# run} other {# runs}}', { member, runs })
    : say('Member {member}, {runs, plural, one {# run} other {# runs}}, page closed', { member, runs });

/** Members as numbers; one that is chosen can be removed. */
function Members({ members }: { members: readonly Member[] }) {
  const classroom = useClassroom();
  const [chosen, setChosen] = useState<number | null>(null);
  const found = members.find(({ member }) => member === chosen);
  return (
    <section aria-label={say('Members')}>
      <p className="hint">
        {say('{count, plural, =0 {Nobody has joined yet.} one {# member has joined.} other {# members have joined.}}', {
          count: members.length,
        })}
      </p>
      <ul className="class-members">
        {members.map((one) => (
          <li key={one.member}>
            <button
              className={one.here ? 'here' : ''}
              aria-pressed={one.member === chosen}
              aria-label={wordsOn(one)}
              onClick={() => setChosen(one.member === chosen ? null : one.member)}
            >
              {one.member}
            </button>
          </li>
        ))}
      </ul>
      {found && (
        <p className="hint">
          {wordsOn(found)}{' '}
          <button className="link" onClick={() => void classroom.removeMember(found.member)}>
            {say('Remove the member and its runs')}
          </button>
        </p>
      )}
    </section>
  );
}
