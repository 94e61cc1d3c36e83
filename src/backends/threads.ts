/** How many threads train, for the record of a run. */
import type { KernelHost } from '../kernels/host';
import type { StartedBackend } from './backend';

/** Threads at the disposal of training: the kernels' where they run, else the calling one alone. */
export function trainingThreads(backend: StartedBackend | null, { threads }: KernelHost): number {
  return backend?.name === 'wasm' ? threads : 1;
}
