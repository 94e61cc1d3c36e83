/**
 * Backends in a browser's worker. Each is loaded only when its turn comes. Importing this registers the gradients and the
 * cpu backend, which the self-test compares with.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { registerComposedKernels } from '../kernels/composed';
import type { BackendLoader } from './backend';
import { isSoftware, registerWebgpu } from './webgpuDevice';

export const browserBackends: readonly BackendLoader[] = [
  {
    name: 'webgpu',
    async load(picked) {
      if (!('gpu' in navigator)) throw new Error(isSecureContext ? 'this browser has no WebGPU' : 'WebGPU needs HTTPS or localhost');
      const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
      if (!adapter) throw new Error('the browser offers no graphics adapter');
      if (isSoftware(adapter.info) && !picked) throw new Error('only a software adapter is there, which is slower than WASM');
      await registerWebgpu(adapter);
    },
  },
  {
    name: 'wasm',
    async load() {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths({
        'tfjs-backend-wasm.wasm': plain,
        'tfjs-backend-wasm-simd.wasm': simd,
        'tfjs-backend-wasm-threaded-simd.wasm': threadedSimd,
      });
      registerComposedKernels('wasm');
    },
  },
  {
    name: 'webgl',
    async load() {
      if (!new OffscreenCanvas(1, 1).getContext('webgl2')) throw new Error('this browser has no WebGL 2 in workers');
      await import('@tensorflow/tfjs-backend-webgl');
    },
  },
  { name: 'cpu', async load() {} },
];
