/**
 * Training steps of the benchmark's workloads in a browser's worker, with the backends, kernels and engine of the search worker.
 */
import { expose } from 'comlink';
import { startBackend, type BackendName } from '../../src/backends/backend';
import { browserBackends } from '../../src/backends/browser';
import { browserKernels } from '../../src/backends/browserKernels';
import { engine, referenceEngine } from '../../src/training/engine';
import { workloads, type Workload } from '../../support/workloads';
import { prepareStep, type StepTime } from '../prepareStep';

/** One of the two kinds of step on one backend. */
export interface BrowserSteps {
  /** The step's own description. */
  readonly implementation: string;
  /** Milliseconds from the start of making the step until its first run ended. */
  readonly firstStepMs: number;
  /** Milliseconds of the steps after the first one. */
  readonly times: readonly StepTime[];
}

let active: BackendName | null = null;

const timer = {
  /**
   * @param workload its index among the workloads
   * @param composed whether to use tfjs alone instead of the fused step
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
