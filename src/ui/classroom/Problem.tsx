import type { ClassRefusal } from '../../client/classroomClient';
import { say } from '../../core/language/say';
import { useClassState } from './useClassroom';

/** Why the class did not do what was asked last. */
export function Problem() {
  const problem = useClassState((state) => state.problem);
  return (
    <div role="alert" className="error">
      {problem && textOf(problem)}
    </div>
  );
}

function textOf({ code, message }: ClassRefusal): string {
  switch (code) {
    case 'no-answer':
    case 'no-class':
      return say('The class does not answer. Its server has ended, or the network is broken. It is asked again every few seconds.');
    case 'wrong-code':
      return say('The code is wrong. Type it as it is shown.');
    case 'too-many':
      return say('Too many were tried within a minute. Try again in a minute.');
    case 'class-closed':
      return say('The teacher has closed the class. What was shared can still be looked at by its members.');
    case 'class-full':
      return say('The class is full. Ask the teacher to remove a member who has left.');
    case 'not-joined':
      return say(
        'This page is no longer in the class: it has ended, or the teacher has removed you. Join again with the code that is shown.',
      );
    case 'not-found':
      return say('This was removed from the class already.');
    case 'invalid-run':
      return say('A finished search could not be shown to the class: {reason}', { reason: message });
    case 'bad-request':
    case 'not-allowed':
    case 'other-site':
    case 'too-large':
      return say('The class has refused this: {reason}', { reason: message });
    default:
      return code satisfies never;
  }
}
