/** The lesson that a person is in: where they are, what they predicted, what was noted, and the settings to put back. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SearchConfig } from '../../core/config/searchConfig';
import { asWorkbenchError } from '../../core/errors';
import { taskFor } from '../../core/tasks/index';
import type { Told } from '../../core/language/told';
import { configOf } from '../../store/configOf';
import { isBusy } from '../../store/isBusy';
import type { WorkbenchState } from '../../store/state';
import type { Workbench } from '../../store/workbench';
import type { Lesson, Moment, Question, Step } from './lesson';
import { LessonPage, settingsFor } from './lessonPage';
import { settingChanges } from './settingChanges';

export interface LessonState {
  /** Null between lessons. */
  readonly lesson: Lesson | null;
  readonly at: number;
  /** What was predicted, per question. */
  readonly predicted: ReadonlyMap<Question, string>;
  readonly noted: ReadonlyMap<string, Moment>;
  /** Steps whose action was done. */
  readonly done: ReadonlySet<Step>;
  /** Whether the page is being set, or a step's action is under way. */
  readonly acting: boolean;
  /** Why the last action came to nothing. */
  readonly problem: Told | null;
  /** Says what the lesson set otherwise than it was. */
  readonly changes: () => readonly string[];
}

/** The settings to put back. */
type Before = Pick<WorkbenchState, 'presetName' | 'objective' | 'settings' | 'dataset'> & { readonly config: SearchConfig };

const between: LessonState = {
  lesson: null,
  at: 0,
  predicted: new Map(),
  noted: new Map(),
  done: new Set(),
  acting: false,
  problem: null,
  changes: () => [],
};

export class LessonSession {
  readonly store: StoreApi<LessonState> = createStore(() => between);
  #before: Before | null = null;
  #acting = new AbortController();

  constructor(private readonly workbench: Workbench) {}

  get step(): Step | null {
    const { lesson, at } = this.store.getState();
    return lesson?.steps[at] ?? null;
  }

  /** Opens a lesson at its first step. Its settings replace those of the page, which are put back at its end. */
  async begin(lesson: Lesson): Promise<void> {
    const { state } = this.workbench;
    const { presetName, objective, settings, dataset } = state;
    // What the method does not have stays chosen for another one.
    const config = { ...configOf(state), space: state.choices.space };
    this.#before = lesson.sets && { presetName, objective, settings, dataset, config };
    const changes = () => (lesson.sets ? settingChanges(state, settingsFor(lesson.sets)) : []);
    this.store.setState({ ...between, lesson, changes });
    await this.#apply(lesson);
  }

  /** Takes the lesson up from its first step, with its own settings. */
  async beginAnew(): Promise<void> {
    const { lesson, changes } = this.store.getState();
    if (!lesson) return;
    this.#leave();
    this.store.setState({ ...between, lesson, changes });
    await this.#apply(lesson);
  }

  /** Puts the page's settings back as they were. A run of the lesson ends, and is found again under "Runs". */
  async end(): Promise<void> {
    this.#leave();
    const before = this.#before;
    this.#before = null;
    this.store.setState(between);
    if (!before) return;
    if (isBusy(this.workbench.state.run)) await this.workbench.reset();
    const { config, presetName, objective, settings, dataset } = before;
    this.workbench.choosePreset(presetName);
    const { counts } = taskFor(config.task).builtIn;
    // Own examples went to the worker and are gone there, so their numbers mean nothing now.
    const used = dataset?.synthetic ? settings : counts;
    await this.workbench.adopt({ config, data: { synthetic: true, ...used } });
    this.workbench.chooseObjective(objective);
  }

  /** @param by how many steps */
  go(by: 1 | -1): void {
    const { lesson, at } = this.store.getState();
    if (lesson?.steps[at + by]) this.store.setState({ at: at + by, problem: null });
  }

  predict(question: Question, choice: string): void {
    this.store.setState(({ predicted }) => ({ predicted: new Map(predicted).set(question, choice) }));
  }

  /** Does what the step's button says. */
  async act(): Promise<void> {
    const { step } = this;
    if (!step?.action) return;
    const { does } = step.action;
    await this.#doing(async (page) => {
      await does(page);
      this.store.setState(({ done }) => ({ done: new Set(done).add(step) }));
    });
  }

  async #apply({ sets }: Lesson): Promise<void> {
    if (sets) await this.#doing((page) => page.set(sets));
  }

  async #doing(work: (page: LessonPage) => Promise<void>): Promise<void> {
    this.#leave();
    const { signal } = this.#acting;
    const note = (name: string, moment: Moment) => this.store.setState(({ noted }) => ({ noted: new Map(noted).set(name, moment) }));
    this.store.setState({ acting: true, problem: null });
    try {
      await work(new LessonPage(this.workbench, note, signal));
    } catch (error) {
      if (!signal.aborted) this.store.setState({ problem: asWorkbenchError(error).told });
    } finally {
      if (!signal.aborted) this.store.setState({ acting: false });
    }
  }

  /** Whoever waits for the page waits no more. */
  #leave(): void {
    this.#acting.abort();
    this.#acting = new AbortController();
  }
}

const sessions = new WeakMap<Workbench, LessonSession>();

/** The page's session, which goes on while another language makes the page's views anew. */
export function sessionOf(workbench: Workbench): LessonSession {
  let session = sessions.get(workbench);
  if (!session) sessions.set(workbench, (session = new LessonSession(workbench)));
  return session;
}
