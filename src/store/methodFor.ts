import { canSearch, type Task } from '../core/tasks/task';
import { taskFor } from '../core/tasks/index';
import type { WorkbenchState } from './state';

/** The method to search another task with: its own, unless a person chose one that can search it. @param task the other task */
export function methodFor(task: Task, { task: before, method, strategies }: WorkbenchState): string {
  if (method === taskFor(before).method) return task.method;
  return strategies.find((strategy) => strategy.id === method && canSearch(task, strategy))?.id ?? task.method;
}
