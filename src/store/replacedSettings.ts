/** Puts whole settings in place of those of the page: those of a kept run, of a link, or of a step that is undone. */
import type { StoreApi } from 'zustand/vanilla';
import type { SearchConfig } from '../core/config/searchConfig';
import type { Targets } from '../core/cost/metrics';
import type { DataLimits } from '../protocol/protocol';
import { isBusy } from './isBusy';
import type { Settings } from './settingsHistory';
import { settingsOf } from './settingsOf';
import type { WorkbenchState } from './state';

interface Host {
  readonly store: StoreApi<WorkbenchState>;
  readonly ready: () => Promise<void>;
  readonly useBuiltInData: () => Promise<void>;
  /** Fetches the space of the task, the method and the device that are set. */
  readonly renewSpace: () => Promise<void>;
  readonly aim: (targets: Targets) => void;
  readonly clearRun: () => void;
  readonly renewCurves: () => void;
}

export interface AdoptedSettings {
  readonly config: SearchConfig;
  readonly data: DataLimits & { readonly synthetic: boolean };
}

/** What the worker has to tell anew. */
type Renewed = 'examples' | 'space' | 'nothing';

export class ReplacedSettings {
  constructor(private readonly host: Host) {}

  /** Takes the settings of a kept run or a link. Own examples must be loaded already. @param targets by default those of its start */
  async adopt({ config, data }: AdoptedSettings, targets = config.targets): Promise<void> {
    await this.host.ready();
    const { ownDevice, presetName } = this.host.store.getState();
    const own = typeof config.device === 'string' ? ownDevice : { device: config.device, residuals: null };
    await this.#replace({ ...settingsOf(config, data, targets), ownDevice: own, presetName }, data.synthetic ? 'examples' : 'space');
    this.host.clearRun();
  }

  /** Settings of before, on the same or other built-in examples. A running search follows their targets. */
  async restore(to: Settings): Promise<void> {
    const { task, method, device, choices, run } = this.host.store.getState();
    if (isBusy(run)) {
      this.host.aim(to.targets);
      return;
    }
    const sameSpace = to.method === method && to.device === device && to.choices.space === choices.space;
    await this.#replace(to, to.task !== task ? 'examples' : sameSpace ? 'nothing' : 'space');
  }

  async #replace(settings: Settings, renewed: Renewed): Promise<void> {
    const { store, useBuiltInData, renewSpace, aim, renewCurves } = this.host;
    store.setState(settings);
    if (renewed === 'examples') await useBuiltInData();
    if (renewed === 'space') await renewSpace();
    // The worker's answer has adapted them.
    store.setState(settings);
    aim(settings.targets);
    renewCurves();
  }
}
