/** Runs searches of an evaluation in this process with all threads, or in several processes in parallel with one thread each. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { heapBytes, readIntervalMs, startBackend } from '../../backends/backend';
import { nodeBackends } from '../../backends/node';
import type { nodeKernels } from '../../backends/nodeKernels';
import type { Dataset } from '../../core/data/dataset';
import type { SearchDependencies } from '../../core/search/kit';
import { engine } from '../../training/engine';
import { runJob, type Job, type JobOutcome } from './baselines/runJob';
import type { ExampleChoice } from './chooseExamples';
import { runSearch, runSeedNetwork, type Outcome, type RunSettings, type SeedNetwork, type SeedSettings } from './runCell';

export interface Runner {
  readonly search: (settings: RunSettings) => Promise<Outcome>;
  readonly seedNetwork: (settings: SeedSettings) => Promise<SeedNetwork>;
  readonly baseline: (job: Job) => Promise<JobOutcome>;
}

/** The messages to a process, and its answers. */
export type Order =
  | { readonly examples: ExampleChoice }
  | { readonly search: RunSettings }
  | { readonly seedNetwork: SeedSettings }
  | { readonly baseline: Job };
export type Answer = { readonly value: unknown } | { readonly error: string };

export async function startHere(dataset: Dataset, kernels: typeof nodeKernels): Promise<Runner> {
  const backend = await startBackend('wasm', nodeBackends);
  const dependencies: SearchDependencies = {
    host: {
      now: () => performance.now(),
      readIntervalMs: readIntervalMs(backend.name),
      heapBytes,
      pause: () => new Promise<void>((resolve) => setImmediate(resolve)),
    },
    ...engine(kernels),
  };
  return {
    search: (settings) => runSearch(settings, dataset, dependencies),
    seedNetwork: (settings) => runSeedNetwork(settings, dataset, dependencies),
    baseline: (job) => runJob(job, dataset, dependencies),
  };
}

/**
 * Starts another process, which makes the same examples again. It ends with this process: by a signal if this one can still
 * send one, or else when its connection breaks.
 */
export async function startProcess(examples: ExampleChoice): Promise<Runner & { readonly end: () => void }> {
  const child = fork(fileURLToPath(new URL('./runnerProcess.ts', import.meta.url)), { execArgv: ['--import', import.meta.resolve('tsx')] });
  const end = () => void child.kill();
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const ask = (order: Order) =>
    new Promise<unknown>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`a process of the evaluation ended with ${code ?? 'a signal'}`));
      child.once('exit', ended);
      child.once('message', (answer: Answer) => {
        child.off('exit', ended);
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.value);
      });
      child.send(order);
    });
  await ask({ examples });
  return {
    search: (settings) => ask({ search: settings }) as Promise<Outcome>,
    seedNetwork: (settings) => ask({ seedNetwork: settings }) as Promise<SeedNetwork>,
    baseline: (job) => ask({ baseline: job }) as Promise<JobOutcome>,
    end,
  };
}
