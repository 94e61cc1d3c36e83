import { useEffect } from 'react';
import { locale, say } from '../../core/language/say';
import { firstText, sentencesText } from '../../core/language/lists';
import { megabytes } from '../../core/words';
import type { DroppedCheckpoint, ShortRoom } from '../../keep/room';
import { named } from '../../store/runList';
import { countText } from '../../store/runs';
import { Panel } from '../Panel';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { useRuns, useRunsState } from './useRuns';

/** Runs that a sentence names. */
const NAMES = 3;
const none: readonly DroppedCheckpoint[] = [];

/** Tells when room for kept runs ends, offers to delete the oldest checkpoints, and tells what was deleted. */
export function RoomNotice() {
  const runs = useRuns();
  const { store } = useWorkbench();
  const room = useRunsState((state) => state.room);
  const freed = useRunsState((state) => state.freed);
  const dropped = useWorkbenchState(({ run }) => run.kept?.dropped ?? none);
  const isShort = room !== null;
  const gaveWay = useDropped(dropped);
  const deleted = useDropped(freed ?? none);
  const past = [
    dropped.length > 0
      ? say(
          'The browser refused to store more, so the run in progress took the place of the checkpoints of {gone}. Their results and curves are kept; to go on from them, start them again.',
          { gone: gaveWay },
        )
      : null,
    freed && (freed.length > 0 ? say('Deleted: the checkpoints of {gone}.', { gone: deleted }) : say('Nothing was left to be deleted.')),
  ].filter((text) => text !== null);
  const announcement = sentencesText([
    ...past,
    isShort
      ? say('More than four fifths of the room that the browser gives this page are used. See “{title}”.', {
          title: say('Room for kept runs'),
        })
      : null,
  ]);
  useEffect(() => {
    if (announcement !== '') store.setState({ announcement: () => announcement });
  }, [announcement, store]);
  if (!isShort && past.length === 0) return null;
  return (
    <div className="interrupted">
      <Panel title={say('Room for kept runs')}>
        {past.map((text) => (
          <p key={text}>{text}</p>
        ))}
        {room && <Offer room={room} />}
        {!room && freed && (
          // The pressed button is gone.
          <button autoFocus onClick={() => runs.leaveRoom()}>
            {say('OK')}
          </button>
        )}
      </Panel>
    </div>
  );
}

function Offer({ room: { used, quota, oldest } }: { room: ShortRoom }) {
  const runs = useRuns();
  const strategies = useWorkbenchState((state) => state.strategies);
  const share = (used / quota).toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 0 });
  const size = megabytes(oldest.reduce((sum, { checkpointBytes }) => sum + checkpointBytes, 0));
  const count = oldest.length;
  return (
    <>
      <p>
        {say('{share} of the room that the browser gives this page are used: {used} of {quota}.', {
          share,
          used: megabytes(used),
          quota: megabytes(quota),
        })}
      </p>
      {count === 0 ? (
        <p>
          {say(
            'No finished run has a checkpoint that could be deleted. Delete kept runs or prepared examples that are no longer needed, or free room on this machine; otherwise the next runs cannot be kept.',
          )}
        </p>
      ) : (
        <>
          <p>
            {say(
              'The {count, plural, one {oldest checkpoint of a finished run takes} other {# oldest checkpoints of finished runs take}} {size}. Without a checkpoint a run keeps its result, its curves and its settings. It can no longer go on from its result: derive or compare anew, or give its network as a file. Download such networks first.',
              { count, size },
            )}
          </p>
          <ul className="room-runs" aria-label={say('Whose checkpoints')} tabIndex={0}>
            {oldest.map((run) => (
              <li key={run.id}>
                {say('{name}, {time}: {size}', {
                  name: named(run, strategies).name,
                  time: new Date(run.started).toLocaleString(locale()),
                  size: megabytes(run.checkpointBytes),
                })}
              </li>
            ))}
          </ul>
          <p className="hint">
            {say(
              'If nothing is done, they stay until the browser refuses to store more. Then they give way to the run in progress, one by one.',
            )}
          </p>
        </>
      )}
      <div className="buttons">
        {count > 0 && (
          <button onClick={() => void runs.makeRoom()}>
            {say('Delete {count, plural, one {this checkpoint} other {these # checkpoints}}, free {size}', { count, size })}
          </button>
        )}
        <button onClick={() => runs.leaveRoom()}>{say('Leave it so')}</button>
      </div>
    </>
  );
}

/** "2 runs (Image classification, seed 1, Keywords, seed 2), 12 MB" */
function useDropped(dropped: readonly DroppedCheckpoint[]): string {
  const all = useRunsState((state) => state.runs);
  const strategies = useWorkbenchState((state) => state.strategies);
  const ids = new Set(dropped.map(({ id }) => id));
  const names = (all ?? []).filter(({ id }) => ids.has(id)).map((run) => say('“{name}”', { name: named(run, strategies).name }));
  const values = { runs: countText(dropped.length), size: megabytes(dropped.reduce((sum, { bytes }) => sum + bytes, 0)) };
  return names.length === 0
    ? say('{runs} ({size})', values)
    : say('{runs} ({names}; {size})', { ...values, names: firstText(names, NAMES) });
}
