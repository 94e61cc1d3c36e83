/** The found network as int8: its files, sizes and quality, which the worker makes. */
import type { StoreApi } from 'zustand/vanilla';
import type { SearchClient } from '../client/searchClient';
import type { RangeChoice } from '../core/quantize/ranges';
import type { Int8Sizes, Measured, MeasuringProgress } from '../protocol/protocol';
import type { WorkbenchState } from './state';

export class Int8Export {
  constructor(
    private readonly store: StoreApi<WorkbenchState>,
    private readonly client: SearchClient,
  ) {}

  /** @param id of one of `exports`. @throws WorkbenchError why the file cannot be made */
  async file(id: string, ranges: RangeChoice): Promise<Uint8Array> {
    const bytes = await this.client.call('export', id, ranges);
    this.store.setState(({ run }) => ({ run: { ...run, unsaved: false } }));
    return bytes;
  }

  /** @throws WorkbenchError why the network cannot be written as int8 */
  sizes(ranges: RangeChoice): Promise<Int8Sizes> {
    return this.client.call('int8Sizes', ranges);
  }

  /** Measures it on the test examples; another one that is under way ends. @returns null when it was ended */
  measure(ranges: RangeChoice, tell: (progress: MeasuringProgress) => void): Promise<Measured | null> {
    return this.client.measureInt8(ranges, tell);
  }

  endMeasuring(): Promise<void> {
    return this.client.call('endMeasuring');
  }
}
