/** The list of tasks; the first is the default. */
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import { anomalyDetection } from './anomalyDetection';
import { imageClassification } from './imageClassification';
import { keywordSpotting } from './keywordSpotting';
import type { Task } from './task';
import { tinyImageNet, tinyImageNetDemo } from './tinyImageNet';
import { visualWakeWords } from './visualWakeWords';

export type { Task } from './task';

export const tasks: Task[] = [imageClassification, keywordSpotting, visualWakeWords, anomalyDetection, tinyImageNet, tinyImageNetDemo];

/** @throws WorkbenchError `invalid-setting` that names the known tasks */
export function taskFor(id: string): Task {
  const found = tasks.find((task) => task.id === id);
  if (!found)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('there is no task "{id}"; there are: {all}', { id, all: tasks.map((task) => task.id).join(', ') }),
    );
  return found;
}
