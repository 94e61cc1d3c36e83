/** The device that the next search is for: one of the list, or a person's own. */
import type { StoreApi } from 'zustand/vanilla';
import type { SearchClient } from '../client/searchClient';
import type { DeviceChoice } from '../core/cost/devices/index';
import { unitChoices, type MeasuredUnits } from '../core/cost/fit/measuredUnits';
import type { OwnDeviceFit } from '../core/cost/fit/ownDeviceFit';
import type { Targets } from '../core/cost/metrics';
import { asWorkbenchError } from '../core/errors';
import type { SpaceSummary } from '../protocol/protocol';
import { limitsOnDevice } from './limitsOnDevice';
import type { WorkbenchState } from './state';

interface Host {
  readonly store: StoreApi<WorkbenchState>;
  /** The space of the chosen method on a device. */
  readonly describe: (device: DeviceChoice) => Promise<SpaceSummary>;
  /** Puts a space in place of the one shown. @param adapt targets of the one before to it */
  readonly take: (space: SpaceSummary, adapt: (targets: Targets) => Targets) => void;
}

export class ChosenDevice {
  constructor(
    private readonly host: Host,
    private readonly client: SearchClient,
  ) {}

  /** Takes a device. Limits that do not depend on the device stay. */
  async pick(device: DeviceChoice): Promise<void> {
    const { store, describe, take } = this.host;
    try {
      const space = await describe(device);
      store.setState({ device, deviceError: null });
      take(space, (targets) => limitsOnDevice(space, targets));
    } catch (error) {
      this.#fail(error);
    }
  }

  async useOwn(ownDevice: OwnDeviceFit): Promise<void> {
    this.host.store.setState({ ownDevice, unitQuestion: null });
    await this.pick(ownDevice.device);
  }

  /**
   * Reads a person's own device from files.
   * @param units of a table's numbers, when the person was asked for them
   */
  async readOwn(files: readonly File[], units: MeasuredUnits | null = null): Promise<void> {
    const { store } = this.host;
    store.setState({ unitQuestion: null, deviceError: null });
    try {
      await this.useOwn(await this.client.call('readDevice', files, units));
    } catch (error) {
      const choices = unitChoices(error);
      const { told: text } = asWorkbenchError(error);
      if (choices.length === 0) this.#fail(error);
      else store.setState({ unitQuestion: { text, choices, files } });
    }
  }

  #fail(error: unknown): void {
    this.host.store.setState({ deviceError: asWorkbenchError(error).told });
  }
}
