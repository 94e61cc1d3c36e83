import { say } from '../../core/language/say';
import { ClassRuns } from './ClassRuns';
import { useClassroom, useClassState } from './useClassroom';

/** The class as a member sees it. */
export function MemberView({ member }: { member: number }) {
  const classroom = useClassroom();
  const open = useClassState((state) => state.open);
  const waiting = useClassState((state) => state.waiting);
  const keptBack = useClassState((state) => state.keptBack);
  return (
    <>
      <p role="status">
        {open
          ? say('You are number {member}. Each search that you finish is shown to the class.', { member })
          : say('The teacher has closed the class. You can still look at its runs; what you search now stays here.')}
      </p>
      {waiting > 0 && (
        <p className="hint">
          {say('{waiting, plural, one {# finished search is} other {# finished searches are}} still to be shared.', { waiting })}
        </p>
      )}
      {keptBack && <p className="hint">{say('Your last search stays here, since it ran on your own examples or device.')}</p>}
      <ClassRuns mayRemove={(run) => run.member === member} />
      <div className="buttons">
        <button onClick={() => void classroom.leave()}>{say('Leave, and take my runs back')}</button>
      </div>
    </>
  );
}
