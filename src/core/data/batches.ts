/** Turns pictures into the batches that training and evaluation take. */
import type { Batch } from '../search/trainingStep';
import type { Random } from '../random';
import type { Dataset, Normalization, Pictures } from './dataset';

/** Random changes of a training picture that keep its class. */
export interface Augmentation {
  /** Mirror left to right, every other time. */
  readonly flip: boolean;
  /** Largest shift in pixels along each axis; what comes in from outside is the mean colour. */
  readonly shift: number;
}

/** Which parameters a step moves. */
export type Turn = 'both' | 'weights' | 'architecture';

/** What a phase of training draws from. */
export interface BatchSource {
  readonly perEpoch: number;
  next(): Batch;
  /** @param stepInEpoch from 0 */
  turn(stepInEpoch: number): Turn;
}

/** How weights and architecture parameters take turns: a whole epoch each, or a step each. */
export type Alternation = 'epochs' | 'steps';

/** Batches of one picture set after another epoch, each epoch in a new order; the last, partial batch is left out. */
export class TrainingBatches implements BatchSource {
  readonly perEpoch: number;
  #order: Int32Array;
  #next: number;

  constructor(
    readonly pictures: Pictures,
    readonly shape: Dataset['shape'],
    readonly normalization: Normalization,
    readonly batchSize: number,
    readonly augmentation: Augmentation | null,
    readonly random: Random,
  ) {
    this.perEpoch = Math.floor(pictures.count / batchSize);
    this.#order = Int32Array.from({ length: pictures.count }, (_, index) => index);
    this.#next = this.perEpoch;
  }

  next(): Batch {
    if (this.#next >= this.perEpoch) {
      this.random.shuffle(this.#order);
      this.#next = 0;
    }
    const from = this.#next++ * this.batchSize;
    const chosen = this.#order.subarray(from, from + this.batchSize);
    const size = this.shape[0] * this.shape[1] * this.shape[2];
    const x = new Float32Array(this.batchSize * size);
    const labels = new Int32Array(this.batchSize);
    chosen.forEach((index, slot) => {
      labels[slot] = this.pictures.labels[index] as number;
      const target = x.subarray(slot * size, (slot + 1) * size);
      writePicture(target, this.pictures.pixels.subarray(index * size, (index + 1) * size), this.shape, this.normalization, this.#change());
    });
    return { x, labels };
  }

  turn(): Turn {
    return 'both';
  }

  #change(): Change {
    if (!this.augmentation) return unchanged;
    const { flip, shift } = this.augmentation;
    const offset = () => (shift > 0 ? this.random.integer(2 * shift + 1) - shift : 0);
    return { flip: flip && this.random.integer(2) === 1, down: offset(), right: offset() };
  }
}

/** Weights learn from one picture set and architecture parameters from another, taking turns. */
export class BilevelBatches implements BatchSource {
  readonly perEpoch: number;
  #at = 0;

  /** An epoch goes once over the weights' pictures; alternating by epochs also once over the architecture's. */
  constructor(
    private readonly weights: TrainingBatches,
    private readonly architecture: TrainingBatches,
    private readonly alternation: Alternation,
  ) {
    this.perEpoch = weights.perEpoch + (alternation === 'steps' ? weights.perEpoch : architecture.perEpoch);
  }

  next(): Batch {
    const turn = this.turn(this.#at);
    this.#at = (this.#at + 1) % this.perEpoch;
    return turn === 'weights' ? this.weights.next() : this.architecture.next();
  }

  turn(stepInEpoch: number): Turn {
    const first = this.alternation === 'steps' ? stepInEpoch % 2 === 0 : stepInEpoch < this.weights.perEpoch;
    return first ? 'weights' : 'architecture';
  }
}

/** Batches for evaluation, in order and unchanged. The last one is filled up with zeros, of weight 0. */
export function* evaluationBatches(
  pictures: Pictures,
  shape: Dataset['shape'],
  normalization: Normalization,
  batchSize: number,
): Generator<Batch & { readonly weights: Float32Array }> {
  const size = shape[0] * shape[1] * shape[2];
  for (let from = 0; from < pictures.count; from += batchSize) {
    const x = new Float32Array(batchSize * size);
    const labels = new Int32Array(batchSize);
    const weights = new Float32Array(batchSize);
    for (let slot = 0; slot < Math.min(batchSize, pictures.count - from); slot++) {
      const source = pictures.pixels.subarray((from + slot) * size, (from + slot + 1) * size);
      writePicture(x.subarray(slot * size, (slot + 1) * size), source, shape, normalization, unchanged);
      labels[slot] = pictures.labels[from + slot] as number;
      weights[slot] = 1;
    }
    yield { x, labels, weights };
  }
}

interface Change {
  readonly flip: boolean;
  readonly down: number;
  readonly right: number;
}

const unchanged: Change = { flip: false, down: 0, right: 0 };

/** Writes one picture, normalised to mean 0 and deviation 1 per channel; `target` must be all zeros. */
function writePicture(
  target: Float32Array,
  source: Uint8Array,
  [height, width, channels]: Dataset['shape'],
  { mean, deviation }: Normalization,
  change: Change,
): void {
  for (let row = 0; row < height; row++) {
    const fromRow = row - change.down;
    if (fromRow < 0 || fromRow >= height) continue;
    for (let column = 0; column < width; column++) {
      const shifted = column - change.right;
      if (shifted < 0 || shifted >= width) continue;
      const from = (fromRow * width + (change.flip ? width - 1 - shifted : shifted)) * channels;
      const to = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++)
        target[to + channel] = ((source[from + channel] as number) / 255 - (mean[channel] as number)) / (deviation[channel] as number);
    }
  }
}
