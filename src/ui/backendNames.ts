import { say, word } from '../core/language/say';
import type { BackendName } from '../backends/backend';

/** Backends in words, in English. */
export const backendNames: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: word('plain JavaScript'),
};

/** The words for a name from a link or a kept run, which another version may have written. */
export const backendText = (name: string): string => (name in backendNames ? say(backendNames[name as BackendName]) : name);
