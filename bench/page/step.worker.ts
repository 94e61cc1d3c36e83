/** Training steps of the benchmark's workloads in a browser's worker, over the backends, kernels and engine of the search worker. */
import { expose } from 'comlink';
import { startBackend, type BackendName } from '../../src/backends/backend';
import { browserBackends } from '../../src/backends/browser';
import { browserKernels } from '../../src/backends/browserKernels';
import { engine, referenceEngine } from '../../src/training/engine';
import { workloads, type Workload } from '../../support/workloads';
import { prepareStep, type StepTime } from '../prepareStep';

/** One of the two steps on one backend. */
export interface BrowserSteps {
  /** What the step calls itself. */
  readonly implementation: string;
  /** From the first word of making it, in milliseconds. */
  readonly firstStepMs: number;
  /** Of the steps after the first one. */
  readonly times: readonly StepTime[];
}

let active: BackendName | null = null;

const timer = {
  /**
   * @param workload its place among the workloads
   * @param composed tfjs alone instead of the fused step
   * @param steps how many to time
   */
  async measure(backend: BackendName, workload: number, composed: boolean, steps: number): Promise<BrowserSteps> {
    if (active !== backend) await startBackend(backend, browserBackends);
    active = backend;
    const { createStep } = composed ? referenceEngine : engine(browserKernels);
    const started = performance.now();
    const prepared = await prepareStep(workloads[workload] as Workload, createStep);
    await prepared.step();
    const firstStepMs = performance.now() - started;
    const times: StepTime[] = [];
    for (let index = 0; index < steps; index++) times.push(await prepared.step());
    prepared.end();
    return { implementation: prepared.implementation, firstStepMs, times };
  },
};

export type StepTimer = typeof timer;

expose(timer);
