/** The network of a file that a person brings: the worker reads, costs and measures it. */
import type { StoreApi } from 'zustand/vanilla';
import type { SearchClient } from '../client/searchClient';
import type { InputScaling } from '../core/data/inputScaling';
import type { MeasuringProgress, OpenedFile, OpenedQuality } from '../protocol/protocol';
import { configOf } from './configOf';
import type { WorkbenchState } from './state';

export class OpenedFiles {
  constructor(
    private readonly store: StoreApi<WorkbenchState>,
    private readonly client: SearchClient,
  ) {}

  /** Its layers' costs are those of the chosen device. @throws WorkbenchError which file cannot be read, and why */
  open(file: File): Promise<OpenedFile> {
    return this.client.call('openNetwork', file, this.store.getState().device);
  }

  /**
   * Measures the file opened last on the test examples in use; another measurement that is under way ends.
   * @param scaling by which examples become its input; null for the likeliest
   * @returns null when it was ended
   * @throws WorkbenchError why it cannot be measured
   */
  measure(scaling: InputScaling | null, tell: (progress: MeasuringProgress) => void): Promise<OpenedQuality | null> {
    const state = this.store.getState();
    return this.client.measureOpened(configOf(state), state.settings, scaling, tell);
  }

  endMeasuring(): Promise<void> {
    return this.client.call('endMeasuring');
  }
}
