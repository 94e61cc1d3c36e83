/** The recorded run as the views show it while it plays: the page's state and curves, fed by what the run told. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { timedEvents, type RecordedRun, type TimedEvent } from '../core/runs/recordedRun';
import type { SpaceSummary } from '../protocol/protocol';
import { Curves } from './curves';
import { curvesFor } from './curvesFor';
import { reduceRun } from './reduceRun';
import { settingsOf } from './settingsOf';
import { idleRun, type RunView, type WorkbenchState } from './state';

export class RecordedView {
  readonly store: StoreApi<WorkbenchState>;
  readonly curves: StoreApi<Curves>;
  readonly #events: readonly TimedEvent[];
  readonly #end: number;
  #told = 0;

  /**
   * @param page whose lists hold for the run too
   * @param space that the run searched
   */
  constructor(
    private readonly recorded: RecordedRun,
    private readonly space: SpaceSummary,
    page: WorkbenchState,
  ) {
    const { config, data } = recorded;
    this.#events = timedEvents(recorded);
    this.#end = this.#events.at(-1)?.at ?? 0;
    this.curves = createStore(() => curvesFor(space, config.targets));
    this.store = createStore<WorkbenchState>(() => ({
      ...page,
      ...settingsOf(config, data, config.targets),
      space,
      // Nothing of it is a person's own result, so there is nothing to take away, derive or compare.
      exports: [],
      live: false,
      shortfall: null,
      runShortfall: null,
      run: this.#begun(),
    }));
  }

  /** Shows the run as far as this share of its playing time, from 0 to 1. An earlier share than before begins it anew. */
  showUntil(share: number): void {
    const until = share * this.#end;
    if (this.#told > 0 && (this.#events[this.#told - 1] as TimedEvent).at > until) this.#restart();
    const from = this.#told;
    while (this.#told < this.#events.length && (this.#events[this.#told] as TimedEvent).at <= until) this.#told += 1;
    if (this.#told === from) return;
    const events = this.#events.slice(from, this.#told).map(({ event }) => event);
    this.curves.getState().addAll(events);
    const run = events.reduce<RunView>(reduceRun, this.store.getState().run);
    const ended = this.#told === this.#events.length;
    this.store.setState({ run: { ...run, unsaved: false, ...(ended && { state: 'finished', activity: null }) } });
  }

  /** Nothing of a recorded run is taken away. */
  export(): Promise<null> {
    return Promise.resolve(null);
  }

  #restart(): void {
    this.#told = 0;
    this.curves.setState(curvesFor(this.space, this.recorded.config.targets), true);
    this.store.setState({ run: this.#begun() });
  }

  #begun(): RunView {
    const { config, data } = this.recorded;
    return { ...idleRun, state: 'running', asked: { config, data } };
  }
}
