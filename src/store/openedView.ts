/** An opened network as the views of a run show it: a network without choices, of which nothing is searched. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { tasks } from '../core/tasks/index';
import type { SpaceSummary } from '../protocol/protocol';
import type { Curves } from './curves';
import { curvesFor } from './curvesFor';
import { idleRun, type WorkbenchState } from './state';

export class OpenedView {
  readonly store: StoreApi<WorkbenchState>;
  readonly curves: StoreApi<Curves>;

  /**
   * @param input shape of what it reads, which a task's word is found for
   * @param page whose lists of choices the views read too
   */
  constructor(space: SpaceSummary, input: readonly number[], page: WorkbenchState) {
    const alike = (extents: (shape: readonly number[]) => unknown) =>
      tasks.find(({ example }) => extents(example.shape) === extents(input));
    const task = alike((shape) => shape.join()) ?? alike((shape) => `${shape.length} ${shape.at(-1)}`) ?? alike((shape) => shape.length);
    this.store = createStore<WorkbenchState>(() => ({
      ...page,
      space,
      task: task?.id ?? page.task,
      exports: [],
      targets: {},
      run: idleRun,
      live: false,
      shortfall: null,
      runShortfall: null,
    }));
    this.curves = createStore(() => curvesFor(space, {}));
  }

  /** There is no run to take away. */
  export(): Promise<null> {
    return Promise.resolve(null);
  }
}
