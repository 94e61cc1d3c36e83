/** The compiled training kernels, and the threads that they may run on. A browser and Node obtain both in different ways. */

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

/** Everything that a helper thread needs to join in. */
export interface HelperOrder {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly shared: number;
  readonly thread: number;
}

export interface Helper {
  end(): void;
}

export interface KernelHost {
  /** Threads that a step runs on, the calling one included. 1 where memory cannot be shared. */
  readonly threads: number;
  /** The fastest vector instructions of this engine; null when it has none. */
  readonly vectors: KernelBuild['vectors'] | null;
  readonly readBuild: (build: KernelBuild) => Promise<BufferSource>;
  /** Resolves once the helper thread waits for work. */
  readonly startHelper: (order: HelperOrder) => Promise<Helper>;
}

/** Modules by host and build: each is compiled once, and all steps and inferences share it. */
const compiled = new WeakMap<KernelHost['readBuild'], Map<string, Promise<WebAssembly.Module>>>();

/** @throws any error of `readBuild`; CompileError for a build that this engine rejects */
export function compileKernels({ readBuild }: Pick<KernelHost, 'readBuild'>, build: KernelBuild): Promise<WebAssembly.Module> {
  const known = compiled.get(readBuild) ?? new Map<string, Promise<WebAssembly.Module>>();
  compiled.set(readBuild, known);
  const key = `${build.vectors} ${build.memory}`;
  const module = known.get(key) ?? readBuild(build).then((bytes) => WebAssembly.compile(bytes));
  known.set(key, module);
  // Forget the failure, since the next caller may have a connection again.
  module.catch(() => known.delete(key));
  return module;
}

/** A helper thread's loop; it blocks its thread. */
export function helpOut({ module, memory, shared, thread }: HelperOrder, ready: () => void): void {
  const { serve } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
  ready();
  serve(shared, thread, 0);
}

/** With more threads than this, each has too little work between two barriers. */
const MOST_THREADS = 8;

/** How many threads to use on a machine with `cores` cores. */
export function threadsFor(cores: number): number {
  return Math.max(1, Math.min(cores, MOST_THREADS));
}
