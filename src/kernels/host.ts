/** The compiled training kernels, and the threads they may run on. Where they come from differs between a browser and Node. */

/** Vector instructions of a build, and whether its memory is shared between threads. */
export interface KernelBuild {
  readonly vectors: 'simd' | 'relaxed';
  readonly memory: 'single' | 'shared';
}

/** What the kernels' module exports (kernels/assembly/index.ts). */
export interface Kernels {
  readonly run: (shared: number, program: number) => void;
  readonly optimize: (fields: number, call: number) => void;
  readonly serve: (shared: number, thread: number, job: number) => void;
}

/** What a helper thread needs to join in. */
export interface HelperOrder {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly shared: number;
  readonly thread: number;
}

/** A helper thread could not be started; the message says why. */
export class NoHelper extends Error {}

export interface Helper {
  end(): void;
}

export interface KernelHost {
  /** Threads a step runs on, the calling one among them. 1 where memory cannot be shared. */
  readonly threads: number;
  readonly readBuild: (build: KernelBuild) => Promise<BufferSource>;
  /** Resolves once the thread waits for work. */
  readonly startHelper: (order: HelperOrder) => Promise<Helper>;
}

/** By host and memory: compiled once, however many steps and inferences are made. */
const compiled = new WeakMap<KernelHost['readBuild'], Map<KernelBuild['memory'], Promise<WebAssembly.Module | null>>>();

/** The fastest build that this engine takes; null for an engine without vector instructions. */
export function compileKernels(
  { readBuild }: Pick<KernelHost, 'readBuild'>,
  memory: KernelBuild['memory'],
): Promise<WebAssembly.Module | null> {
  const known = compiled.get(readBuild) ?? new Map<KernelBuild['memory'], Promise<WebAssembly.Module | null>>();
  compiled.set(readBuild, known);
  const module = known.get(memory) ?? compileFastest(readBuild, memory);
  known.set(memory, module);
  // Whoever asks next may have a connection again.
  module.catch(() => known.delete(memory));
  return module;
}

async function compileFastest(readBuild: KernelHost['readBuild'], memory: KernelBuild['memory']): Promise<WebAssembly.Module | null> {
  for (const vectors of ['relaxed', 'simd'] as const) {
    const build = await readBuild({ vectors, memory });
    if (WebAssembly.validate(build)) return WebAssembly.compile(build);
  }
  return null;
}

/** A helper's whole life; blocks its thread. */
export function helpOut({ module, memory, shared, thread }: HelperOrder, ready: () => void): void {
  const { serve } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
  ready();
  serve(shared, thread, 0);
}

/** More threads than this find too little to do between two barriers. */
const MOST_THREADS = 8;

/** How many threads to use on so many cores. */
export function threadsFor(cores: number): number {
  return Math.max(1, Math.min(cores, MOST_THREADS));
}
