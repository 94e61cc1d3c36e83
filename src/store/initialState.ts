/** The state before anything is known. */
import { unlessChosen } from '../core/config/settings';
import type { Task } from '../core/tasks/index';
import { idleRun, type WorkbenchState } from './state';

const FIRST_DEVICE = 'gap8';

export function initialState({ id, method, presets, builtIn }: Task): WorkbenchState {
  return {
    live: true,
    backend: { state: 'starting', choice: 'automatic' },
    workerLost: false,
    dataset: null,
    task: id,
    loadingData: true,
    importing: null,
    dataError: null,
    dataNote: null,
    prepared: undefined,
    dataWarnings: [],
    space: null,
    device: FIRST_DEVICE,
    ownDevice: null,
    unitQuestion: null,
    deviceError: null,
    settings: builtIn.counts,
    strategies: [],
    exports: [],
    imports: [],
    hubHosts: [],
    method,
    presetName: 'quick',
    choices: { ...presets.quick, ...unlessChosen },
    objective: null,
    targets: {},
    shortfall: null,
    runShortfall: null,
    refused: [],
    run: idleRun,
    announcement: () => '',
  };
}
