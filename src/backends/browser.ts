/**
 * Backends in a browser's worker. Each is loaded only when its turn comes. Importing this registers the gradients and the
 * cpu backend, which the self-test compares with.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { env } from '@tensorflow/tfjs-core';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import { word } from '../core/language/say';
import { sayLater } from '../core/language/told';
import { registerComposedKernels } from '../kernels/composed';
import type { BackendLoader } from './backend';
import { fetchWasm, loadPart } from './browserFiles';
import { registerWebgl } from './webglContext';
import { isSoftware, registerWebgpu } from './webgpuDevice';

/** What an earlier start has loaded, kept for later ones. */
let wasm: Promise<void> | null = null;

/**
 * The WASM binary. tfjs would wait for ever for a missing one, so it is fetched first and handed over. Training runs on threads of its own
 * (`training/fused/wasm`), so tfjs starts none.
 */
async function loadWasm(): Promise<void> {
  const { setWasmPaths } = await loadPart(sayLater('The WebAssembly backend'), import('@tensorflow/tfjs-backend-wasm'));
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const used = (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? simd : plain;
  const binary = URL.createObjectURL(new Blob([await fetchWasm(used)], { type: 'application/wasm' }));
  // tfjs takes one of them, and asks for addresses of all.
  setWasmPaths({
    'tfjs-backend-wasm.wasm': binary,
    'tfjs-backend-wasm-simd.wasm': binary,
    'tfjs-backend-wasm-threaded-simd.wasm': binary,
  });
  registerComposedKernels('wasm');
}

export const browserBackends: readonly BackendLoader[] = [
  {
    name: 'webgpu',
    async load(picked) {
      if (!('gpu' in navigator))
        throw new Error(isSecureContext ? word('this browser has no WebGPU') : word('WebGPU needs HTTPS or localhost'));
      const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
      if (!adapter) throw new Error(word('the browser offers no graphics adapter'));
      if (isSoftware(adapter.info) && !picked) throw new Error(word('only a software adapter is there, which is slower than WASM'));
      await loadPart(sayLater('The WebGPU backend'), import('@tensorflow/tfjs-backend-webgpu'));
      await registerWebgpu(adapter);
    },
  },
  {
    name: 'wasm',
    async load() {
      wasm ??= loadWasm();
      await wasm.catch((error: unknown) => {
        wasm = null;
        throw error;
      });
    },
  },
  {
    name: 'webgl',
    async load() {
      await loadPart(sayLater('The WebGL backend'), import('@tensorflow/tfjs-backend-webgl'));
      await registerWebgl();
    },
  },
  { name: 'cpu', async load() {} },
];
