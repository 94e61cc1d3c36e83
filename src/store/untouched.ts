/** Tells how long a page that has just opened is as nobody has touched it. */
import type { StoreApi } from 'zustand/vanilla';
import { taskFor } from '../core/tasks/index';
import type { WorkbenchState } from './state';

/**
 * @param begin is called at most once, when the page can be used, if nobody has begun a run by then
 * @param end is called at most once, after `begin`: a run begins, or what the next one searches or learns from changes
 * @returns a function that stops watching
 */
export function whileUntouched(store: StoreApi<WorkbenchState>, begin: (state: WorkbenchState) => void, end: () => void): () => void {
  let opened: string | null = null;
  const look = (state: WorkbenchState) => {
    if (opened === null) {
      if (!isOpen(state)) return;
      opened = keyOf(state);
      if (isIdle(state)) begin(state);
      else stop();
    } else if (!isIdle(state) || keyOf(state) !== opened) {
      stop();
      end();
    }
  };
  const stop = store.subscribe(look);
  look(store.getState());
  return stop;
}

const isOpen = ({ backend, loadingData, space, strategies }: WorkbenchState) =>
  backend.state === 'ready' && !loadingData && space !== null && strategies.length > 0;

const isIdle = ({ run }: WorkbenchState) => run.state === 'idle' && !run.starting;

/** Where there are no examples, those that another try makes are the built-in ones. */
const keyOf = ({ task, method, device, targets, objective, choices, dataset, importing }: WorkbenchState) =>
  JSON.stringify([task, method, device, targets, objective, choices.space, (dataset ?? taskFor(task).builtIn).name, importing !== null]);
