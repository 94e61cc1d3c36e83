/**
 * Picks and starts the tfjs backend that a search runs on. The list of backends and how each is loaded differ
 * between a browser (browser.ts) and Node (node.ts). This file tries them in order, tests each and collects the reasons.
 */
import { backend, findBackendFactory, setBackend } from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../core/errors';
import { word } from '../core/language/say';
import { semicolonsLater } from '../core/language/lists';
import { sayLater } from '../core/language/told';
import { selfTest } from './selfTest';

export const backendNames = ['webgpu', 'wasm', 'webgl', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];
export type BackendChoice = BackendName | 'automatic';

/** Makes one backend ready in this environment. */
export interface BackendLoader {
  readonly name: BackendName;
  /**
   * Imports and initialises the backend, with the kernels that training needs.
   * @param picked a person asked for this backend, so a slow or software device is accepted
   * @throws Error with a reason for people, in English, when it cannot be used here; WorkbenchError `file-missing` when one of its files cannot be fetched
   */
  load(picked: boolean): Promise<void>;
}

export interface StartedBackend {
  readonly name: BackendName;
  /** Whether a person picked it. */
  readonly picked: boolean;
  /** Faster backends that cannot be used here, each with the reason, in English where it is the workbench's own. */
  readonly passedOver: readonly { readonly name: BackendName; readonly reason: string }[];
}

/**
 * Starts the backend asked for, or the first of webgpu, wasm, webgl and cpu that loads and passes the self-test.
 *
 * @param loaders what this environment has, best first; the last one must be cpu
 * @throws WorkbenchError `backend-unavailable` when the one asked for, or every one, fails; `file-missing` when a file of the workbench
 *   that one of them needs could not be fetched
 */
export async function startBackend(choice: BackendChoice, loaders: readonly BackendLoader[]): Promise<StartedBackend> {
  const picked = choice !== 'automatic';
  const candidates = picked ? loaders.filter(({ name }) => name === choice) : loaders;
  const passedOver: { name: BackendName; reason: string }[] = [];
  for (const loader of candidates) {
    const reason = await start(loader, picked);
    if (reason === null) return { name: loader.name, picked, passedOver };
    passedOver.push({ name: loader.name, reason });
  }
  const each = passedOver.map(({ name, reason }) => sayLater('{name}: {why}', { name, why: sayLater(reason) }));
  const why = semicolonsLater(each) || sayLater('{choice} does not exist here', { choice });
  throw new WorkbenchError('backend-unavailable', sayLater('No backend could be started ({why}). Choose another one.', { why }), {
    passedOver,
  });
}

/** Interval in milliseconds at which training values are read back. A GPU finishes everything queued before it answers a read. */
export function readIntervalMs(name: BackendName): number {
  return name === 'wasm' || name === 'cpu' ? 0 : 100;
}

/** Bytes of the active backend's own memory: the WASM heap, or what WebGPU has allocated; 0 for others. */
export function heapBytes(): number {
  const active = backend() as { wasm?: { HEAPU8: Uint8Array }; memory?: () => { numBytesAllocatedInGPU?: number } };
  return active.wasm?.HEAPU8.byteLength ?? active.memory?.().numBytesAllocatedInGPU ?? 0;
}

/** Null when the backend runs, else why not. @throws WorkbenchError `file-missing` */
async function start(loader: BackendLoader, picked: boolean): Promise<string | null> {
  try {
    await loader.load(picked);
    if (!(await setBackend(loader.name))) return await whyNot(loader.name);
    return loader.name === 'cpu' ? null : await selfTest(loader.name);
  } catch (error) {
    // The machine supports this backend, so falling back to another one would hide the missing file.
    if (error instanceof WorkbenchError && error.code === 'file-missing') throw error;
    return messageOf(error);
  }
}

/** Why a backend did not start. tfjs only logs the reason, so its factory is called again to get the error. */
async function whyNot(name: BackendName): Promise<string> {
  try {
    (await findBackendFactory(name)()).dispose();
    return word('it could not be initialised');
  } catch (error) {
    return messageOf(error);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
