/** Which kept runs a list shows, in which order, and in which words. */
import { deviceOf, devices, type DeviceChoice } from '../core/cost/devices/index';
import type { MetricId } from '../core/cost/metrics';
import { taskFor, tasks } from '../core/tasks/index';
import { isBetter, type Task } from '../core/tasks/task';
import { locale, say, word } from '../core/language/say';
import type { ListedRun } from '../keep/keptRun';
import type { WorkbenchState } from './state';

/** `interrupted`: it did not end, and nobody holds it. */
export type Status = 'running' | 'interrupted' | 'stopped' | 'finished' | 'failed';

/** In English. */
export const statusNames: Readonly<Record<Status, string>> = {
  running: word('under way'),
  interrupted: word('interrupted'),
  stopped: word('stopped'),
  finished: word('finished'),
  failed: word('failed'),
};

export function statusOf({ state, held }: Pick<ListedRun, 'state' | 'held'>): Status {
  return state === 'underWay' ? (held ? 'running' : 'interrupted') : state;
}

/** A run with the words by which it is found. */
export interface NamedRun extends ListedRun {
  /** All in the language in use. The name has a number from the second run of one name on. */
  readonly name: string;
  readonly taskTitle: string;
  readonly methodLabel: string;
  readonly deviceName: string;
  readonly status: Status;
  /** Lower case. */
  readonly words: string;
}

export function named(run: ListedRun, strategies: WorkbenchState['strategies']): NamedRun {
  const taskTitle = say(taskOf(run)?.title ?? run.task);
  const methodLabel = say(strategies.find(({ id }) => id === run.method)?.label ?? run.method);
  const deviceName = deviceNameOf(run.device);
  const status = statusOf(run);
  const ofSeveral = run.label.name || say('{task}, seed {seed}', { task: taskTitle, seed: run.randomSeed });
  const { number = 1 } = run.label;
  const name = number === 1 ? ofSeveral : say('{name} ({number, number})', { name: ofSeveral, number });
  const words = [name, run.label.note, taskTitle, methodLabel, deviceName, run.data.name, say(statusNames[status])].join(' ').toLowerCase();
  return { ...run, name, taskTitle, methodLabel, deviceName, status, words };
}

/** The task of a run; null for one that this version does not have. */
export function taskOf({ task }: { readonly task: string }): Task | null {
  return tasks.some(({ id }) => id === task) ? taskFor(task) : null;
}

export function deviceNameOf(choice: DeviceChoice): string {
  if (typeof choice === 'string' && !devices.has(choice)) return choice;
  return deviceOf(choice).name;
}

export interface Filter {
  readonly text: string;
  /** Empty for all. */
  readonly task: string;
  readonly method: string;
  readonly device: string;
  readonly status: Status | '';
  readonly starred: boolean;
}

export const noFilter: Filter = { text: '', task: '', method: '', device: '', status: '', starred: false };

export type Order = 'newest' | 'oldest' | 'name' | 'quality' | MetricId;

/** The runs that have all words of the text, in order; runs without a value come last. */
export function listed(runs: readonly NamedRun[], filter: Filter, order: Order): NamedRun[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = runs.filter(
    (run) =>
      (!filter.starred || run.label.starred) &&
      (filter.task === '' || run.task === filter.task) &&
      (filter.method === '' || run.method === filter.method) &&
      (filter.device === '' || run.deviceName === filter.device) &&
      (filter.status === '' || run.status === filter.status) &&
      words.every((word) => run.words.includes(word)),
  );
  return found.sort(by(order));
}

function by(order: Order): (a: NamedRun, b: NamedRun) => number {
  switch (order) {
    case 'newest':
      return (a, b) => b.started - a.started;
    case 'oldest':
      return (a, b) => a.started - b.started;
    case 'name':
      return (a, b) => a.name.localeCompare(b.name, locale(), { numeric: true });
    case 'quality':
      return byQuality;
    default:
      return (a, b) => (a.costs?.[order] ?? Infinity) - (b.costs?.[order] ?? Infinity) || b.started - a.started;
  }
}

/** Qualities of two tasks are not compared: those of a task stand together. */
function byQuality(a: NamedRun, b: NamedRun): number {
  if (a.task !== b.task) return a.taskTitle.localeCompare(b.taskTitle, locale());
  const task = taskOf(a);
  if (a.quality === null || b.quality === null || !task) return Number(a.quality === null) - Number(b.quality === null);
  return a.quality === b.quality ? 0 : isBetter(task.quality, a.quality, b.quality) ? -1 : 1;
}
