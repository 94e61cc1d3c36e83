/** Writes parameters into a recording's buffers. */
import type { Variable } from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../../../core/errors';
import { sayLater } from '../../../core/language/told';
import type { NamedVariables } from '../../../core/search/training/trainingStep';
import { pad, type PaddedLayout } from './paddedLayout';
import type { Recording } from './recording';

/** The number of the buffer that holds the parameter. */
export const bufferOf = ({ trainable }: Variable, recording: Pick<Recording, 'parameters' | 'running'>): number =>
  trainable ? recording.parameters : recording.running;

/**
 * Reads the variables and writes their values in the kernels' layout.
 * @throws WorkbenchError `loss-not-finite` when a value is not finite
 */
export async function writeParameters(
  queue: GPUQueue,
  recording: Pick<Recording, 'parameters' | 'running' | 'places' | 'layouts'>,
  buffers: readonly GPUBuffer[],
  parameters: NamedVariables,
): Promise<void> {
  const values = await Promise.all([...parameters.values()].map((variable) => variable.data()));
  // A ReLU on a graphics device may turn NaN into 0, so the loss can look healthy when the weights are not.
  if (!values.every((numbers) => numbers.every(Number.isFinite)))
    throw new WorkbenchError(
      'loss-not-finite',
      sayLater('The weights became infinite or not a number. The learning rate is most likely too high: lower it and start again.'),
    );
  [...parameters].forEach(([name, variable], index) => {
    const layout = recording.layouts.get(name) as PaddedLayout;
    const numbers = new Float32Array(layout.size);
    pad(values[index] as Float32Array, layout, numbers);
    const at = recording.places.get(name) as number;
    queue.writeBuffer(buffers[bufferOf(variable, recording)] as GPUBuffer, at * 4, numbers);
  });
}
