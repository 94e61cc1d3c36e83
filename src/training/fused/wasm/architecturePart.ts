/** What a search adds to a fused step that trains a network. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { StepControls } from '../../../core/search/training/trainingStep';

export interface ArchitecturePart {
  /**
   * A step of the architecture parameters around one of the network.
   * @param task runs the network, under the factors that were set before, and returns its loss
   * @param observe sees the gradients of the architecture parameters before they move
   * @returns the metrics that follow on loss and accuracy
   */
  run(controls: StepControls, task: () => number, observe: (gradients: ReadonlyMap<string, Tensor>) => void): number[];
  dispose(): void;
}
