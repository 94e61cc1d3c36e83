/** Turns examples into batches for training and evaluation. */
import type { Alternation } from '../config/searchConfig';
import type { Random } from '../random';
import { scaleOf, type ExampleSet } from './dataset';
import { numbersIn } from '../ops/shape';

/** One batch: inputs [batch, ...input] flattened, and a class per example. */
export interface Batch {
  readonly x: Float32Array;
  readonly labels: Int32Array;
  /** The draw that the inputs come from, for a device that already holds the examples. */
  readonly drawn?: Draw;
}

/** Which examples of a set a batch uses, and how it changes them. */
export interface Draw {
  readonly set: ExampleSet;
  /** Four numbers per example: its index, 1 to mirror it left to right, and its shift down and to the right in pixels. */
  readonly picks: Int32Array;
}

/** Random changes of a training example that keep its class; examples that are not pictures have none. */
export interface Augmentation {
  /** Mirrors half of the examples left to right. */
  readonly flip: boolean;
  /** Largest shift in pixels along each axis; the mean colour fills the pixels that it uncovers. */
  readonly shift: number;
}

/** Which parameters a step moves. */
export type Turn = 'both' | 'weights' | 'architecture';

/** Provides the batches of a training phase. */
export interface BatchSource {
  readonly perEpoch: number;
  /** The example sets that batches are drawn from. */
  readonly sets: readonly ExampleSet[];
  next(): Batch;
  /** @param stepInEpoch from 0 */
  turn(stepInEpoch: number): Turn;
}

/** Numbers of a pick in `Draw`. */
const PICK = 4;

/** Batches of one example set, epoch after epoch, each epoch in a new order; a last, partial batch is left out. */
export class TrainingBatches implements BatchSource {
  readonly perEpoch: number;
  readonly sets: readonly [ExampleSet];
  #order: Int32Array;
  #next: number;

  constructor(
    set: ExampleSet,
    readonly batchSize: number,
    readonly augmentation: Augmentation | null,
    readonly random: Random,
  ) {
    const { count } = set.examples;
    this.sets = [set];
    this.perEpoch = Math.floor(count / batchSize);
    this.#order = Int32Array.from({ length: count }, (_, index) => index);
    this.#next = this.perEpoch;
  }

  next(): DrawnBatch {
    if (this.#next >= this.perEpoch) {
      this.random.shuffle(this.#order);
      this.#next = 0;
    }
    const from = this.#next++ * this.batchSize;
    const picks = new Int32Array(this.batchSize * PICK);
    this.#order.subarray(from, from + this.batchSize).forEach((example, slot) => {
      const { flip, down, right } = this.#change();
      picks.set([example, Number(flip), down, right], slot * PICK);
    });
    return new DrawnBatch({ set: this.sets[0], picks });
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

/** A batch given by its examples and how they change; inputs are computed only when somebody reads them. */
class DrawnBatch implements Batch {
  readonly labels: Int32Array;

  constructor(readonly drawn: Draw) {
    const { labels } = drawn.set.examples;
    this.labels = Int32Array.from({ length: drawn.picks.length / PICK }, (_, slot) => labels[drawn.picks[slot * PICK] as number] as number);
  }

  get x(): Float32Array {
    const { set, picks } = this.drawn;
    const size = numbersIn(set.shape);
    const x = new Float32Array(this.labels.length * size);
    for (let slot = 0; slot < this.labels.length; slot++) {
      const [example, flip, down, right] = picks.subarray(slot * PICK, (slot + 1) * PICK) as unknown as [number, number, number, number];
      writeExample(x.subarray(slot * size, (slot + 1) * size), set, example, { flip: flip === 1, down, right });
    }
    return x;
  }
}

/** Weights learn from one example set and architecture parameters from another, taking turns. */
export class BilevelBatches implements BatchSource {
  readonly perEpoch: number;
  readonly sets: readonly ExampleSet[];
  #at = 0;

  /** An epoch covers the weights' examples once; if turns are whole epochs, it also covers the architecture's examples once. */
  constructor(
    private readonly weights: TrainingBatches,
    private readonly architecture: TrainingBatches,
    private readonly alternation: Alternation,
  ) {
    this.sets = [...weights.sets, ...architecture.sets];
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

/** Batches for evaluation, in order and unchanged. Zeros with weight 0 fill up the last one. */
export function* evaluationBatches(set: ExampleSet, batchSize: number): Generator<Batch & { readonly weights: Float32Array }> {
  const size = numbersIn(set.shape);
  const { count, labels: classes } = set.examples;
  for (let from = 0; from < count; from += batchSize) {
    const x = new Float32Array(batchSize * size);
    const labels = new Int32Array(batchSize);
    const weights = new Float32Array(batchSize);
    for (let slot = 0; slot < Math.min(batchSize, count - from); slot++) {
      writeExample(x.subarray(slot * size, (slot + 1) * size), set, from + slot, unchanged);
      labels[slot] = classes[from + slot] as number;
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

/** Height, width and channels; an example that is not a picture counts as one pixel of channels. */
export function sidesOf(shape: readonly number[]): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape as [number, number, number];
  return shape.length === 3 ? [height, width, channels] : [1, 1, numbersIn(shape)];
}

/** Writes one example, normalised to mean 0 and deviation 1 per channel; `target` must hold only zeros. */
function writeExample(
  target: Float32Array,
  { examples, shape, normalization: { mean, deviation } }: ExampleSet,
  example: number,
  change: Change,
): void {
  const [height, width, channels] = sidesOf(shape);
  const { values } = examples;
  const scale = scaleOf(examples);
  const source = example * height * width * channels;
  for (let row = 0; row < height; row++) {
    const fromRow = row - change.down;
    if (fromRow < 0 || fromRow >= height) continue;
    for (let column = 0; column < width; column++) {
      const shifted = column - change.right;
      if (shifted < 0 || shifted >= width) continue;
      const from = source + (fromRow * width + (change.flip ? width - 1 - shifted : shifted)) * channels;
      const to = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++)
        target[to + channel] = ((values[from + channel] as number) / scale - (mean[channel] as number)) / (deviation[channel] as number);
    }
  }
}
