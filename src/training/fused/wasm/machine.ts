/** The machine that a lowered program runs on: its memory, the kernels over it, and helper threads. */
import { reasonOf, ToldError } from '../../../core/errors';
import { sayLater } from '../../../core/language/told';
import { compileKernels, type Helper, type KernelHost, type Kernels } from '../../../kernels/host';
import type { Lowered } from './lowering';
import { NotCovered } from '../program';

/** A helper thread could not be started; the text says why. */
export class NoHelper extends ToldError {}

interface WasmMachine {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  /** Numbers at an address. */
  readonly floats: (at: number, count: number) => Float32Array<ArrayBuffer>;
  readonly end: () => void;
}

/**
 * @throws NotCovered on an engine without vector instructions
 * @throws NoHelper
 * @throws NoRoom
 * @throws WorkbenchError `file-missing` when the kernels could not be fetched
 */
export async function startMachine(lowered: Pick<Lowered, 'memory' | 'shared'>, threads: number, host: KernelHost): Promise<WasmMachine> {
  const { vectors } = host;
  if (!vectors) throw new NotCovered(sayLater('an engine whose WebAssembly has no vectors'));
  const module = await compileKernels(host, { vectors, memory: threads > 1 ? 'shared' : 'single' });
  const memory = lowered.memory.create(threads > 1);
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
  // All at once, because a thread takes tens of milliseconds to start.
  const starting = Array.from({ length: threads - 1 }, (_, index) =>
    host.startHelper({ module, memory, shared: lowered.shared, thread: index + 1 }),
  );
  const started = await Promise.allSettled(starting);
  const helpers = started.flatMap((one): Helper[] => (one.status === 'fulfilled' ? [one.value] : []));
  const end = () => {
    for (const helper of helpers) helper.end();
  };
  const missing = started.find((one) => one.status === 'rejected');
  if (missing) {
    end();
    const error: unknown = missing.reason;
    throw new NoHelper(reasonOf(error));
  }
  return { memory, kernels, floats: (at, count) => new Float32Array(memory.buffer, at, count), end };
}
