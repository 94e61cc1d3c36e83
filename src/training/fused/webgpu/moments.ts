/** What the optimizers of a step keep on the device: read by parameter, and given to another step. */
import type { Architecture } from '../../../core/search/training/architecture';
import type { MomentsState, OptimizerState } from '../../../core/search/training/optimizers';
import type { ArchOptimizer, NamedVariables, StepMemory } from '../../../core/search/training/trainingStep';
import { architectureRows } from '../../../kernels/architecture/webgpu';
import type { StepCount } from '../stepCount';
import { architectureSize } from './architecture';
import { pad, unpadded, type PaddedLayout } from './paddedLayout';
import type { Recording } from './recording';

interface Surroundings {
  readonly recording: Pick<Recording, 'buffers' | 'moments' | 'architecture' | 'places' | 'layouts'>;
  readonly parameters: NamedVariables;
  readonly architecture: Architecture | null;
  readonly archOptimizer: ArchOptimizer;
  readonly steps: { readonly weights: StepCount; readonly architecture: StepCount };
  /** All numbers of a buffer, once the device has done what it was given. */
  readonly read: (buffer: number) => Promise<Float32Array>;
  readonly write: (buffer: number, at: number, numbers: Float32Array) => void;
}

/** Gradient descent without momentum keeps nothing, and without a step all moments are zeros. */
const nothing: OptimizerState = { moments: [] };

export function momentsOnDevice(surroundings: Surroundings): StepMemory {
  const { recording, parameters, architecture, archOptimizer, steps, read, write } = surroundings;
  const trained = [...parameters].filter(([, { trainable }]) => trainable).map(([name]) => name);
  const placeOf = (name: string) => {
    const layout = recording.layouts.get(name) as PaddedLayout;
    const at = recording.places.get(name) as number;
    return { layout, within: (flat: Float32Array) => flat.subarray(at, at + layout.size) };
  };
  const sizeOf = (all: Architecture) => ({ size: architectureSize(all), alphas: [...all.alphas] });

  const ofWeights = async (): Promise<OptimizerState> => {
    const [first, second] = await Promise.all(recording.moments.map(read));
    if (!first || steps.weights.steps === 0) return nothing;
    const moments = trained.map((name): MomentsState => {
      const { layout, within } = placeOf(name);
      const own = (flat: Float32Array) => unpadded(within(flat), layout);
      return { name, steps: steps.weights.steps, first: own(first), second: second ? own(second) : null };
    });
    return { moments };
  };

  const ofArchitecture = async (): Promise<OptimizerState> => {
    if (!architecture || archOptimizer === 'sgd' || recording.architecture === null || steps.architecture.steps === 0) return nothing;
    const flat = await read(recording.architecture);
    const { size, alphas } = sizeOf(architecture);
    let at = 0;
    const moments = alphas.map(([name, alpha]): MomentsState => {
      const row = (number: number) => flat.slice(number * size + at, number * size + at + alpha.size);
      const own = { name, steps: steps.architecture.steps, first: row(architectureRows.first), second: row(architectureRows.second) };
      at += alpha.size;
      return own;
    });
    return { moments };
  };

  return {
    read: async () => [await ofWeights(), await ofArchitecture()],
    restore([weights = nothing, searched = nothing]) {
      if (weights.moments.length > 0) {
        const flats = recording.moments.map((buffer) => new Float32Array(recording.buffers[buffer]?.words as number));
        for (const { name, steps: count, first, second } of weights.moments) {
          const { layout, within } = placeOf(name);
          steps.weights.steps = count;
          [first, second].forEach((values, index) => values && pad(values, layout, within(flats[index] as Float32Array)));
        }
        flats.forEach((flat, index) => write(recording.moments[index] as number, 0, flat));
      }
      if (!architecture || recording.architecture === null) return;
      const { size, alphas } = sizeOf(architecture);
      let at = 0;
      for (const [id, alpha] of alphas) {
        const found = searched.moments.find(({ name }) => name === id);
        if (found) {
          steps.architecture.steps = found.steps;
          write(recording.architecture, architectureRows.first * size + at, found.first);
          if (found.second) write(recording.architecture, architectureRows.second * size + at, found.second);
        }
        at += alpha.size;
      }
    },
  };
}
