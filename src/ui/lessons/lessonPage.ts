/** What a lesson's buttons do with the page: the same as a person's hands. */
import { unlessChosen } from '../../core/config/settings';
import type { SearchConfig } from '../../core/config/searchConfig';
import type { MetricId } from '../../core/cost/metrics';
import { WorkbenchError } from '../../core/errors';
import { sayLater, type Told } from '../../core/language/told';
import { taskFor } from '../../core/tasks/index';
import { quick } from '../../core/tasks/presets';
import { isBusy } from '../../store/isBusy';
import type { RunView, WorkbenchState } from '../../store/state';
import type { Workbench } from '../../store/workbench';
import type { LessonSettings, Moment } from './lesson';

/** Lessons look at small pictures, since networks of theirs train in seconds. */
export const lessonTask = taskFor('ic');

/** A lesson's whole settings. */
export function settingsFor({ trainCount, testCount, ...chosen }: LessonSettings) {
  const config: SearchConfig = {
    ...quick,
    ...unlessChosen,
    task: lessonTask.id,
    method: 'supernet',
    device: 'gap8',
    targets: { flashBytes: 40_000, latencyMs: 6 },
    objective: null,
    seedNetwork: false,
    ...chosen,
  };
  const { name, classNames, counts } = lessonTask.builtIn;
  const used = { trainCount: trainCount ?? counts.trainCount, testCount: testCount ?? counts.testCount };
  return { config, data: { name, classNames, synthetic: true, ...used } };
}

export class LessonPage {
  /**
   * @param note takes what the page shows under a name
   * @param ended tells that nobody waits any more
   */
  constructor(
    private readonly workbench: Workbench,
    private readonly note: (name: string, moment: Moment) => void,
    private readonly ended: AbortSignal,
  ) {}

  get state(): WorkbenchState {
    return this.workbench.state;
  }

  /** Sets the page; a run under way ends. */
  async set(settings: LessonSettings): Promise<void> {
    if (isBusy(this.workbench.state.run)) await this.workbench.reset();
    await this.workbench.adopt(settingsFor(settings));
  }

  /** Sets the page and notes what it says of that. */
  async look(as: string, settings: LessonSettings): Promise<void> {
    await this.set(settings);
    this.#note(as);
  }

  /** Sets the page, searches, and notes the result. */
  async search(as: string, settings: LessonSettings): Promise<void> {
    await this.#begin(settings);
    await this.#finish(as);
  }

  /** Sets the page, and searches until an epoch of the search begins, where it pauses. @param epoch from 1 */
  async searchUntil(epoch: number, settings: LessonSettings): Promise<void> {
    await this.#begin(settings);
    const reached = ({ progress }: RunView) => progress?.phase === 'search' && progress.epoch >= epoch;
    await this.#until((run) => !isBusy(run) || reached(run));
    await this.workbench.pause();
    const { state } = await this.#until((run) => !isBusy(run) || run.state === 'paused');
    if (state !== 'paused') throw endedEarly();
  }

  /** Moves a target of the paused search, lets it go on, and notes the result. */
  async move(as: string, metric: MetricId, target: number): Promise<void> {
    if (this.workbench.state.run.state !== 'paused') throw endedEarly();
    this.workbench.moveTarget(metric, target);
    await this.workbench.resume();
    await this.#finish(as);
  }

  /** Trains other networks like the one found, and notes all. @param random how many of them are drawn at random */
  async compare(as: string, random: number): Promise<void> {
    if (!this.workbench.state.run.result) throw endedEarly();
    await this.workbench.compare(random);
    await this.#until((run) => run.comparing || run.state !== 'finished');
    await this.#finish(as);
    if (!this.workbench.state.run.result.comparison?.some((network) => network.as === 'found')) throw endedEarly();
  }

  async #begin(settings: LessonSettings): Promise<void> {
    await this.set(settings);
    await this.workbench.start();
  }

  async #finish(as: string): Promise<void> {
    const { state, error } = await this.#until((run) => !isBusy(run));
    if (state !== 'finished') throw endedEarly(error);
    this.#note(as);
  }

  #note(as: string): void {
    this.note(as, { state: this.workbench.state, curves: this.workbench.curves.getState() });
  }

  /** The run when it is so. Rejects when nobody waits any more. */
  #until(isSo: (run: RunView) => boolean): Promise<RunView> {
    const { store } = this.workbench;
    return new Promise((resolve, reject) => {
      const look = () => {
        const { run } = store.getState();
        if (!this.ended.aborted && !isSo(run)) return;
        stop();
        if (this.ended.aborted) reject(this.ended.reason as Error);
        else resolve(run);
      };
      const stop = store.subscribe(look);
      this.ended.addEventListener('abort', look, { once: true });
      look();
    });
  }
}

const endedEarly = (why: Told | null = null) =>
  new WorkbenchError(
    'busy',
    why ?? sayLater('The run ended before the lesson was done with it. Begin this lesson anew, or go back and run it again.'),
  );
