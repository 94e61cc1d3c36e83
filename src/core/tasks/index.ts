/** The benchmarks that a search may be run on. */
import { imageClassification } from './imageClassification';
import type { Task } from './task';

export type { Task } from './task';

export const tasks: ReadonlyMap<string, Task> = new Map([[imageClassification.id, imageClassification]]);
