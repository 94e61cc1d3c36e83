/** Backends under Node: for the command line and the tests. Importing this registers the gradients and the cpu backend. */
import '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { registerComposedKernels } from '../kernels/composed';
import type { BackendLoader } from './backend';
import { requestNodeAdapter } from './nodeWebgpu';
import { registerWebgpu } from './webgpuDevice';

// Without this tfjs advertises another package on stderr at first use.
enableProdMode();

export const nodeBackends: readonly BackendLoader[] = [
  {
    name: 'wasm',
    async load() {
      registerComposedKernels('wasm');
    },
  },
  {
    // Listed after wasm, so that only people who ask for it get it: the package and its driver may be missing.
    name: 'webgpu',
    async load() {
      await registerWebgpu(await requestNodeAdapter());
    },
  },
  { name: 'cpu', async load() {} },
];
