/**
 * What a run has told, short enough to keep: its events without the values of single steps, which its curves hold. Retold, they build
 * the same page as the run did.
 */
import { comparesOnly, type SearchEvent } from '../search/events';
import type { Series } from './boundedSeries';

/** Listens to a run and keeps what it tells, but of steps only the newest before each other event. */
export class Story {
  #told: SearchEvent[];
  #step: SearchEvent | null = null;

  /** @param told what was kept before, to go on with it */
  constructor(told: readonly SearchEvent[] = []) {
    this.#told = [...told];
  }

  add(event: SearchEvent): void {
    switch (event.kind) {
      case 'metrics':
      case 'preparing':
      case 'ranking':
        return;
      case 'step':
        this.#step = event;
        return;
      default:
        this.#told = this.told();
        this.#step = null;
        this.#told.push(event);
    }
  }

  /** All so far, in order. */
  told(): SearchEvent[] {
    return this.#step ? [...this.#told, this.#step] : this.#told;
  }
}

/** What was told before the search had found its network. */
export function untilResult(told: readonly SearchEvent[]): readonly SearchEvent[] {
  const found = told.findIndex(({ kind }) => kind === 'result');
  return found < 0 ? told : told.slice(0, found);
}

type Curves = Readonly<Record<string, Series>>;

/**
 * The events again, with the values of steps in between from the run's curves. A curve that was thinned keeps each value until its
 * next one.
 */
export function* retold(told: readonly SearchEvent[], curves: Curves): Generator<SearchEvent, void> {
  let steps = new Steps([], curves);
  let validation = '';
  let at = 0;
  for (const event of told) {
    if (event.kind === 'started') validation = event.validation;
    if ('step' in event && event.step > at) {
      yield* steps.between(at, event.step);
      at = event.step;
    }
    yield event;
    if (event.kind === 'phase') steps = new Steps(comparesOnly(event.phase) ? [] : event.metricNames, curves, event.phase, validation);
  }
}

/** The values of one phase's steps. */
class Steps {
  readonly #columns: readonly (Series & { next: number; last: number })[];
  readonly #spine: Series;

  constructor(
    names: readonly string[],
    curves: Curves,
    private readonly phase: Extract<SearchEvent, { kind: 'phase' }>['phase'] = 'search',
    validation = '',
  ) {
    const none: Series = { step: [], value: [] };
    const curveOf = (name: string) => curves[name === 'taskLoss' ? 'trainLoss' : name === validation ? 'trainQuality' : name] ?? none;
    this.#columns = names.map((name) => ({ ...curveOf(name), next: 0, last: NaN }));
    // Every step has a loss.
    this.#spine = names.includes('taskLoss') ? curveOf('taskLoss') : none;
  }

  /** The values of the steps after `from`, up to `to`; one event for each step that the curve of the loss still has. */
  *between(from: number, to: number): Generator<SearchEvent, void> {
    const { step: all } = this.#spine;
    for (let index = firstAfter(all, from); index < all.length && (all[index] as number) <= to; index++) {
      const step = all[index] as number;
      const values = Float32Array.from(this.#columns, (column) => {
        while (column.next < column.step.length && (column.step[column.next] as number) <= step)
          column.last = column.value[column.next++] as number;
        return column.last;
      });
      yield { kind: 'metrics', phase: this.phase, step, rows: 1, values };
    }
  }
}

/** The first index whose step is greater. */
function firstAfter(steps: readonly number[], step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as number) <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}
