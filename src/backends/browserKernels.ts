/** The training kernels in a browser: fetched from where the page is, with nested workers as helpers where the page is isolated. */
import relaxedShared from '../kernels/built/relaxed-shared.wasm?url';
import relaxedSingle from '../kernels/built/relaxed-single.wasm?url';
import simdShared from '../kernels/built/simd-shared.wasm?url';
import simdSingle from '../kernels/built/simd-single.wasm?url';
// Part of the program, since a search starts helpers again and again, and browsers may refuse a thread's thread the script of a server whose
// certificate nobody vouches for: Chromium does wherever that needs a new connection.
import KernelWorker from '../../workers/kernel.worker?worker&inline';
import { threadsFor, type HelperOrder, type KernelHost } from '../kernels/host';
import { vectorsOfEngine } from '../kernels/vectors';
import { ToldError } from '../core/errors';
import { sayLater } from '../core/language/told';
import { fetchWasm } from './browserFiles';

const urls = {
  relaxed: { single: relaxedSingle, shared: relaxedShared },
  simd: { single: simdSingle, shared: simdShared },
} as const;

export const browserKernels: KernelHost = {
  // With three cores or more the page keeps one: if it took the core of a thread, all threads would wait for that one at the next barrier.
  threads: crossOriginIsolated ? threadsFor(Math.min(navigator.hardwareConcurrency, Math.max(2, navigator.hardwareConcurrency - 1))) : 1,
  vectors: vectorsOfEngine(),
  readBuild: ({ vectors, memory }) => fetchWasm(urls[vectors][memory]),
  startHelper: (order: HelperOrder) =>
    new Promise((resolve, reject) => {
      const worker = new KernelWorker();
      worker.onmessage = () => resolve({ end: () => worker.terminate() });
      worker.onerror = ({ message }: Partial<ErrorEvent>) =>
        reject(
          new ToldError(
            sayLater('a helper thread could not be started: {message}', { message: message || sayLater('the browser gave no reason') }),
          ),
        );
      worker.postMessage(order);
    }),
};
