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

export interface Helper {
  end(): void;
}

export interface KernelHost {
  /** Threads a step runs on, the calling one among them. 1 where memory cannot be shared. */
  readonly threads: number;
  readBuild(build: KernelBuild): Promise<BufferSource>;
  /** Resolves once the thread waits for work. */
  startHelper(order: HelperOrder): Promise<Helper>;
}

/** The fastest build that this engine takes. */
export async function compileKernels(host: KernelHost, memory: KernelBuild['memory']): Promise<WebAssembly.Module> {
  const relaxed = await host.readBuild({ vectors: 'relaxed', memory });
  if (WebAssembly.validate(relaxed)) return WebAssembly.compile(relaxed);
  return WebAssembly.compile(await host.readBuild({ vectors: 'simd', memory }));
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
