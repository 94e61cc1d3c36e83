/** The list of tasks; the first is the default. */
import { WorkbenchError } from '../errors';
import { imageClassification } from './imageClassification';
import type { Task } from './task';

export type { Task } from './task';

export const tasks: Task[] = [imageClassification];

/** @throws WorkbenchError `invalid-setting` that names the known tasks */
export function taskFor(id: string): Task {
  const found = tasks.find((task) => task.id === id);
  if (!found)
    throw new WorkbenchError('invalid-setting', `there is no task "${id}"; there are: ${tasks.map((task) => task.id).join(', ')}`);
  return found;
}
