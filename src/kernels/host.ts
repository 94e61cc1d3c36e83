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
  /** The fastest vector instructions that this engine has; null where it has none. */
  readonly vectors: KernelBuild['vectors'] | null;
  readonly readBuild: (build: KernelBuild) => Promise<BufferSource>;
  /** Resolves once the thread waits for work. */
  readonly startHelper: (order: HelperOrder) => Promise<Helper>;
}

/** By host and build: compiled once, however many steps and inferences are made. */
const compiled = new WeakMap<KernelHost['readBuild'], Map<string, Promise<WebAssembly.Module>>>();

/** @throws what `readBuild` throws; CompileError for a build that this engine does not take */
export function compileKernels({ readBuild }: Pick<KernelHost, 'readBuild'>, build: KernelBuild): Promise<WebAssembly.Module> {
  const known = compiled.get(readBuild) ?? new Map<string, Promise<WebAssembly.Module>>();
  compiled.set(readBuild, known);
  const key = `${build.vectors} ${build.memory}`;
  const module = known.get(key) ?? readBuild(build).then((bytes) => WebAssembly.compile(bytes));
  known.set(key, module);
  // Whoever asks next may have a connection again.
  module.catch(() => known.delete(key));
  return module;
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
