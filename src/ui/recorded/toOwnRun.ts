import { say } from '../../core/language/say';
import { taskFor } from '../../core/tasks/index';
import { lacksExamples, possibleActions } from '../../store/possibleActions';
import type { WorkbenchState } from '../../store/state';

/** How a person gets from the recorded run to one of their own; empty where something else says why a search cannot start. */
export function toOwnRun(page: WorkbenchState): string {
  if (lacksExamples(page))
    return say('Your own can start once there are {examples} to learn from.', { examples: say(taskFor(page.task).example.many) });
  return possibleActions(page).start ? say('Press Start to run your own.') : '';
}
