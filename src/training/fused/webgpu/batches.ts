/**
 * Brings a batch to the device. Examples of bytes stay there, so that a step only sends which ones to take; other batches are sent
 * number by number.
 */
import type { ExampleSet } from '../../../core/data/dataset';
import type { Batch } from '../../../core/data/batches';
import { largestBuffer } from './deviceRoom';
import { padded } from './paddedLayout';
import type { Recording } from './recording';
import { numbersIn } from '../../../core/ops/shape';

/** The example sets that fit into a buffer of the device. */
export function fittingSets(sets: readonly ExampleSet[], limits: GPUSupportedLimits): ExampleSet[] {
  const most = largestBuffer(limits);
  return sets.filter(({ examples: { values }, shape }) => values instanceof Uint8Array && shape.length === 3 && values.length + 3 <= most);
}

export class BatchFeed {
  readonly #widen: (x: Float32Array) => Float32Array<ArrayBuffer>;

  /**
   * @param buffers the recording's buffers, by number
   * @param sets the example sets that the recording was made for
   */
  constructor(
    private readonly queue: GPUQueue,
    private readonly recording: Recording,
    private readonly buffers: readonly GPUBuffer[],
    private readonly sets: readonly ExampleSet[],
    inputShape: readonly number[],
    batchSize: number,
  ) {
    this.#widen = widener(inputShape, batchSize);
    sets.forEach(({ examples }, index) => this.#writeBytes(recording.gathers[index]?.pixels as number, examples.values as Uint8Array));
  }

  /**
   * Sends the data that the device lacks. @returns the number of the gather that makes the inputs there, null when they were sent
   */
  send(batch: Batch): number | null {
    const { input, labels, gathers } = this.recording;
    this.#write(labels, batch.labels);
    const set = batch.drawn ? this.sets.indexOf(batch.drawn.set) : -1;
    const gather = gathers[set];
    if (batch.drawn && gather) {
      this.#write(gather.picks, batch.drawn.picks);
      return set;
    }
    this.#write(input, this.#widen(batch.x));
    return null;
  }

  #write(index: number, numbers: Float32Array | Int32Array): void {
    this.queue.writeBuffer(this.buffers[index] as GPUBuffer, 0, numbers as Float32Array<ArrayBuffer>);
  }

  /** A write transfers whole words. */
  #writeBytes(index: number, bytes: Uint8Array): void {
    const buffer = this.buffers[index] as GPUBuffer;
    const whole = bytes.length - (bytes.length % 4);
    this.queue.writeBuffer(buffer, 0, bytes as Uint8Array<ArrayBuffer>, 0, whole);
    if (whole === bytes.length) return;
    const rest = new Uint8Array(4);
    rest.set(bytes.subarray(whole));
    this.queue.writeBuffer(buffer, whole, rest);
  }
}

/** Fills the channels of a batch up to a multiple of four. Returns the same array every time. */
export function widener(shape: readonly number[], batchSize: number): (x: Float32Array) => Float32Array<ArrayBuffer> {
  const channels = shape.at(-1) as number;
  const width = padded(channels);
  if (width === channels) return (x) => x as Float32Array<ArrayBuffer>;
  const pixels = batchSize * numbersIn(shape.slice(0, -1));
  const wide = new Float32Array(pixels * width);
  return (x) => {
    for (let pixel = 0, from = 0; pixel < pixels; pixel++)
      for (let channel = 0; channel < channels; channel++) wide[pixel * width + channel] = x[from++] as number;
    return wide;
  };
}
