/** Examples come into use: what they can be searched for is found out, and the targets adapt to it. */
import type { StoreApi } from 'zustand/vanilla';
import type { Targets } from '../core/cost/metrics';
import { asWorkbenchError } from '../core/errors';
import { withinDevice } from '../core/search/constraints/targets';
import type { DatasetSummary, SpaceSummary } from '../protocol/protocol';
import type { WorkbenchState } from './state';

interface Place {
  readonly store: StoreApi<WorkbenchState>;
  /** What can be searched under the settings as they are. */
  readonly describe: () => Promise<SpaceSummary>;
  /** Shows a space. The first one gets default targets; later ones adapt the present targets. */
  readonly take: (space: SpaceSummary, adapt: (targets: Targets) => Targets) => void;
}

/**
 * Shows an error where it fails; the examples in use stay then.
 * @param load gives null to keep the examples in use
 * @param counts how many are used at first; null for all
 */
export async function loadExamples(
  { store, describe, take }: Place,
  load: () => Promise<DatasetSummary | null>,
  counts: { readonly trainCount: number; readonly testCount: number } | null,
): Promise<void> {
  const set = (change: Partial<WorkbenchState>) => store.setState(change);
  const show = (space: SpaceSummary) => take(space, (targets) => withinDevice(space, targets));
  const { task, dataset: before } = store.getState();
  // Where there are none, why stays until there are some.
  set({ loadingData: true, ...(before && { dataError: null }) });
  // Examples of a task that a person has left meanwhile come too late; the other task loads its own.
  const isLeft = () => store.getState().task !== task;
  try {
    const dataset = await load();
    if (!dataset || isLeft()) return;
    const space = await describe();
    if (isLeft()) return;
    const used = counts ?? { trainCount: dataset.trainCount, testCount: dataset.testCount };
    set({ dataset, dataError: null, dataWarnings: [], settings: used });
    show(space);
  } catch (error) {
    if (isLeft()) return;
    const dataError = asWorkbenchError(error);
    // Without a space, those before are of another task. What can be searched is known without examples too, unless the worker is lost.
    const ofAnother = store.getState().space === null;
    const space = ofAnother ? await describe().catch(() => null) : null;
    if (isLeft()) return;
    set({ dataError, ...(ofAnother && { dataset: null }) });
    if (space) show(space);
  } finally {
    if (!isLeft()) set({ loadingData: false, importing: null });
  }
}
