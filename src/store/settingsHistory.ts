/** Undo and redo of what a person sets: targets, choices, method, device, task and how many examples. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { say, word } from '../core/language/say';
import { isBusy } from './isBusy';
import type { WorkbenchState } from './state';

const keys = ['task', 'method', 'device', 'ownDevice', 'presetName', 'choices', 'objective', 'targets', 'settings'] as const;

/** All that undo brings back. */
export type Settings = Pick<WorkbenchState, (typeof keys)[number]>;

/** The oldest settings are forgotten beyond this. */
const MOST = 100;

/** What was set before, and what was undone, each with the newest last. */
interface Steps {
  readonly past: readonly Settings[];
  readonly future: readonly Settings[];
}

/**
 * Notes the settings before each gesture that changes them. All changes until the next gesture are one step, so that a slider that is
 * dragged is undone at once. Examples of a person are not kept, so settings from before they were loaded cannot come back.
 */
export class SettingsHistory {
  readonly steps = createStore<Steps>(() => ({ past: [], future: [] }));
  /** The settings as they are; null until the page is open. */
  #present: Settings | null = null;
  /** The worker describes them some time after a person has chosen them. */
  #space: WorkbenchState['space'] = null;
  #dataset: WorkbenchState['dataset'] = null;
  /** Whether a gesture has begun since the last step was noted. */
  #fresh = true;
  #restoring = false;
  #last: Promise<void> = Promise.resolve();

  /** @param restore puts settings in place of those of the store */
  constructor(
    private readonly store: StoreApi<WorkbenchState>,
    private readonly restore: (settings: Settings) => Promise<void>,
  ) {
    store.subscribe((state) => this.#look(state));
  }

  /** Whatever is set from now on is a step of its own. */
  begin(): void {
    this.#fresh = true;
  }

  undo = (): Promise<void> => this.#step('past', 'future', word('Undone.'));
  redo = (): Promise<void> => this.#step('future', 'past', word('Done again.'));

  #look(state: WorkbenchState): void {
    const { space, dataset, loadingData } = state;
    const before = this.#present;
    if (!before && (!space || !dataset || loadingData)) return;
    // Targets that adapt to a new space, and numbers of other examples, belong to the gesture that has asked for them.
    const follows = (space !== null && space !== this.#space) || dataset !== this.#dataset || this.#restoring;
    const foreign = dataset !== this.#dataset && !(dataset?.synthetic && this.#dataset?.synthetic);
    [this.#space, this.#dataset] = [space ?? this.#space, dataset];
    if (before && !foreign && keys.every((key) => state[key] === before[key])) return;
    const now = settingsIn(state);
    this.#present = now;
    if (!before || foreign) this.steps.setState({ past: [], future: [] });
    else if (!follows && this.#fresh && !same(before, now)) {
      this.#fresh = false;
      this.steps.setState(({ past }) => ({ past: [...past, before].slice(-MOST), future: [] }));
    }
  }

  /** Steps are taken one after the other, since the worker may have to describe a space for each. */
  #step(from: keyof Steps, to: keyof Steps, said: string): Promise<void> {
    this.#last = this.#last.then(async () => {
      const state = this.store.getState();
      const taken = this.steps.getState()[from].at(-1);
      if (!taken || !canTake(taken, state)) return;
      const left = settingsIn(state);
      this.steps.setState((steps) => ({ ...steps, [from]: steps[from].slice(0, -1), [to]: [...steps[to], left] }));
      this.#restoring = true;
      try {
        await this.restore(taken);
      } finally {
        this.#restoring = false;
        this.#fresh = true;
      }
      this.store.setState({ announcement: () => say(said) });
    });
    return this.#last;
  }
}

/** Whether settings can take the place of those of the page now: a running search follows its targets and nothing else. */
export function canTake(settings: Settings | undefined, state: WorkbenchState): boolean {
  if (!settings || state.loadingData) return false;
  return !isBusy(state.run) || same({ ...settings, targets: state.targets }, settingsIn(state));
}

const settingsIn = (state: WorkbenchState) => Object.fromEntries(keys.map((key) => [key, state[key]])) as unknown as Settings;

const same = (one: Settings, other: Settings) =>
  JSON.stringify(keys.map((key) => one[key])) === JSON.stringify(keys.map((key) => other[key]));
