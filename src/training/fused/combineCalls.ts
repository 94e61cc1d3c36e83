/** Combine operations as calls of WebAssembly kernels, both ways. */
import { Call } from '../../kernels/calls';
import { BranchField, Coefficient, CombineField } from '../../kernels/combine/fields';
import { joined } from './memoryPlan';
import type { GradientPlace, Places } from './places';
import type { Branch, Combine, Norm } from './program';

/** A factor per channel as float32, and its gradient as float64. */
export interface LoweredMask {
  readonly values: number;
  readonly gradients: number;
  readonly channels: number;
}

/** Where the weights of all candidates are, and their gradients. */
export interface CandidatePlaces {
  readonly weights: number;
  readonly gradients: number;
  /** Bytes from the gradients of one part of the batch to the next one's. */
  readonly stride: number;
}

export class CombineCalls {
  /** Masks by the path of the operation that they mask. */
  readonly masks = new Map<string, LoweredMask>();
  /** Made going forward and used again going backward. */
  readonly #made = new Map<Combine, { readonly block: Int32Array; readonly branches: Int32Array }>();

  /** @param running whether batch norms use their running statistics, which then stay as they are */
  constructor(
    private readonly places: Places,
    private readonly candidates: CandidatePlaces,
    private readonly running: boolean,
  ) {}

  forward(operation: Combine): void {
    const { places } = this;
    const made = this.#fields(operation);
    this.#made.set(operation, made);
    const block = this.#held(made);
    if (!this.running && operation.branches.some(({ norm }) => norm)) {
      places.call(Call.combineSums, block);
      places.call(Call.barrier);
    }
    places.call(Call.combineApply, block);
  }

  /** @param gradient where a share of a value's gradient goes */
  back(operation: Combine, dy: number, gradient: (value: number) => GradientPlace): void {
    const { places } = this;
    const made = this.#made.get(operation) as { block: Int32Array; branches: Int32Array };
    made.block[CombineField.gradient] = dy;
    operation.branches.forEach(({ input }, index) => {
      const { at, accumulate } = gradient(input);
      made.branches[index * BranchField.size + BranchField.inputGradient] = at;
      made.branches[index * BranchField.size + BranchField.accumulate] = accumulate;
    });
    const fields = this.#held(made);
    const byChannel = operation.branches.some(({ norm, mask }) => norm !== null || mask !== null);
    if (byChannel || operation.branches.some(({ candidate }) => candidate !== null)) places.call(Call.combineBackSums, fields);
    if (byChannel) places.call(Call.barrier);
    places.call(Call.combineBackApply, fields);
  }

  #fields({ output, relu, branches }: Combine): { block: Int32Array; branches: Int32Array } {
    const { places } = this;
    const { height, width, channels } = places.shape(output);
    const list = joined(branches.map((branch) => this.#branch(branch, channels)));
    const block = places.memory.fields(CombineField, {
      output: places.at(output),
      channels,
      pixels: height * width,
      relu: Number(relu),
      running: Number(this.running),
      branchCount: branches.length,
    });
    return { block, branches: list };
  }

  #held({ block, branches }: { readonly block: Int32Array; readonly branches: Int32Array }): Int32Array {
    const fields = block.slice();
    fields[CombineField.branches] = this.places.memory.holding(branches.slice());
    return fields;
  }

  #branch({ input, norm, mask, relu, candidate }: Branch, channels: number): Int32Array {
    const { weights, gradients, stride } = this.candidates;
    return this.places.memory.fields(
      BranchField,
      {
        input: this.places.at(input),
        relu: Number(relu),
        ...(candidate !== null && { weight: weights + candidate * 4, weightGradient: gradients + candidate * 8, weightStride: stride }),
        ...(mask !== null && this.#mask(mask, channels)),
        ...((norm !== null || mask !== null) && this.#channels(channels)),
        ...(norm && this.#norm(norm)),
      },
      norm ? { momentum: norm.momentum, epsilon: norm.epsilon } : {},
    );
  }

  #mask(path: string, channels: number) {
    const { memory } = this.places;
    const placed = { values: memory.words(channels), gradients: memory.bytes(channels * 8), channels };
    this.masks.set(path, placed);
    return { mask: placed.values, maskGradient: placed.gradients };
  }

  #norm({ path }: Norm) {
    const { places } = this;
    return {
      gamma: places.parameter(`${path}/gamma`),
      beta: places.parameter(`${path}/beta`),
      gammaGradient: places.gradientOf(`${path}/gamma`),
      betaGradient: places.gradientOf(`${path}/beta`),
      movingMean: places.parameter(`${path}/movingMean`),
      movingVariance: places.parameter(`${path}/movingVariance`),
    };
  }

  /** Room for what is worked out per channel. */
  #channels(channels: number) {
    const { memory, threads, parts } = this.places;
    const coefficientsStride = Math.ceil((channels * Coefficient.count * 4) / 64) * 64;
    return {
      sums: memory.bytes(channels * 16 * parts),
      sumsStride: channels * 16,
      coefficients: memory.bytes(coefficientsStride * threads),
      coefficientsStride,
    };
  }
}
