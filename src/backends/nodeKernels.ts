/** The training kernels under Node: read from disk, with worker threads as helpers. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { threadsFor, type HelperOrder, type KernelHost } from '../kernels/host';
import { vectorsOfEngine } from '../kernels/vectors';

// Node 20 supports relaxed SIMD but does not enable it by default.
if (vectorsOfEngine() !== 'relaxed') setFlagsFromString('--experimental-wasm-relaxed-simd');

/** On as many threads as the machine has use for. */
export const nodeKernels: KernelHost = {
  threads: threadsFor(availableParallelism()),
  vectors: vectorsOfEngine(),
  readBuild: ({ vectors, memory }) => readFile(new URL(`../kernels/built/${vectors}-${memory}.wasm`, import.meta.url)),
  startHelper: (order: HelperOrder) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./nodeKernelThread.mjs', import.meta.url), { workerData: order });
      // A sleeping helper must not keep the process alive.
      worker.unref();
      worker.once('message', () => resolve({ end: () => void worker.terminate() }));
      worker.once('error', reject);
    }),
};

/** @param threads a number that a person picked; null for as many as the machine has use for */
export const nodeKernelsOn = (threads: number | null): KernelHost =>
  threads === null ? nodeKernels : { ...nodeKernels, threads: threadsFor(threads) };
