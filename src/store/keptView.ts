/** One kept run as the views show it: settings, curves and result as after the search, and nothing that needs a worker. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendName } from '../backends/backend';
import { jsonPieces } from '../core/jsonPieces';
import { RunRecorder, type RunFile } from '../core/runs/runFile';
import type { RunRecord } from '../keep/keptRun';
import type { StoredRun } from '../keep/runStorage';
import type { SpaceSummary } from '../protocol/protocol';
import type { Curves } from './curves';
import { settingsOf } from './settingsOf';
import { showAgain } from './shownRun';
import type { WorkbenchState } from './state';

export class KeptView {
  readonly store: StoreApi<WorkbenchState>;
  readonly curves: StoreApi<Curves>;

  /**
   * @param page whose lists of choices hold for the run too
   * @param trains whether a page trains it now, so that what is shown is how far it was when it was written last
   */
  constructor(
    private readonly stored: StoredRun,
    space: SpaceSummary | null,
    page: WorkbenchState,
    trains: boolean,
  ) {
    const { record, summary } = stored;
    const { run, curves } = showAgain(record, summary.state, space);
    const { config, data, controls } = record;
    const settings = settingsOf(config, data, controls.targets);
    const exports = page.exports.filter(({ id }) => id === 'run');
    this.store = createStore(() => ({
      ...page,
      ...settings,
      space,
      dataset: data,
      exports,
      backend: { state: 'ready', choice: 'automatic', started: { name: summary.backend as BackendName, picked: false, passedOver: [] } },
      run: trains ? { ...run, state: 'running' } : run,
      live: false,
      shortfall: null,
      runShortfall: null,
    }));
    this.curves = createStore(() => curves);
  }

  get keptId(): string {
    return this.stored.record.id;
  }

  /** The run file. */
  export(): Promise<Uint8Array> {
    return new Blob([...jsonPieces(runFileOf(this.stored))]).arrayBuffer().then((buffer) => new Uint8Array(buffer));
  }
}

/** The run file of a kept run. */
export function runFileOf({ record, summary }: Pick<StoredRun, 'record' | 'summary'>): RunFile {
  const { recorder, result, config, data, dataFingerprint, environment }: RunRecord = record;
  const stopped = summary.state === 'stopped' || summary.state === 'underWay';
  return new RunRecorder(recorder, result).fileOf({ config, data, dataFingerprint, environment, stopped });
}
