/** Parameters on their way into a recording's buffers. */
import type { Variable } from '@tensorflow/tfjs-core';
import type { NamedVariables } from '../../core/search/trainingStep';
import { pad, type PaddedLayout } from './paddedLayout';
import type { Recording } from './webgpuLowering';

/** The buffer that a parameter lies in, by its number. */
export const bufferOf = ({ trainable }: Variable, recording: Pick<Recording, 'parameters' | 'running'>): number =>
  trainable ? recording.parameters : recording.running;

/** Writes the values that variables have when they are read, laid out as the kernels take them. */
export async function writeParameters(
  queue: GPUQueue,
  recording: Pick<Recording, 'parameters' | 'running' | 'places' | 'layouts'>,
  buffers: readonly GPUBuffer[],
  parameters: NamedVariables,
): Promise<void> {
  const values = await Promise.all([...parameters.values()].map((variable) => variable.data()));
  [...parameters].forEach(([name, variable], index) => {
    const layout = recording.layouts.get(name) as PaddedLayout;
    const numbers = new Float32Array(layout.size);
    pad(values[index] as Float32Array, layout, numbers);
    const at = recording.places.get(name) as number;
    queue.writeBuffer(buffers[bufferOf(variable, recording)] as GPUBuffer, at * 4, numbers);
  });
}
