/** The part that a search adds to a fused training step. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerState } from '../../../core/search/training/optimizers';
import type { StepControls } from '../../../core/search/training/trainingStep';
import type { StepProgram } from './lowering';

export interface ArchitecturePart {
  /**
   * Moves the architecture parameters in a step that wraps the network's own.
   * @param task runs the network under the current factors, or a path by its program, and returns the loss
   * @param observe sees the gradients of the architecture parameters before they move
   * @returns what a step packs behind loss and quality
   */
  run(controls: StepControls, task: (path?: StepProgram) => number, observe: (gradients: ReadonlyMap<string, Tensor>) => void): number[];
  /** The state of the optimizer of the architecture parameters. */
  state(): Promise<OptimizerState>;
  restore(state: OptimizerState): void;
  dispose(): void;
}
