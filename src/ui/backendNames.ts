import type { BackendName } from '../backends/backend';

/** Backends in words. */
export const backendNames: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: 'plain JavaScript',
};

/** The words for a name from a link or a kept run, which another version may have written. */
export const backendText = (name: string): string => (name in backendNames ? backendNames[name as BackendName] : name);
