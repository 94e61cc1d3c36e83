/** Measures whether memory grows with the steps: compares memory after twenty steps with memory after a thousand. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memory } from '@tensorflow/tfjs-core';
import { heapBytes, startBackend, type BackendName } from '../src/backends/backend';
import { nodeBackends } from '../src/backends/node';
import { nodeKernels } from '../src/backends/nodeKernels';
import { fusedStep } from '../src/training/engine';
import type { StepFactory } from '../src/core/search/training/trainingStep';
import { workloads, type Workload } from '../support/workloads';
import { prepareStep } from './prepareStep';
import { markdownTable } from '../src/core/markdown';

const [EARLY, LATE] = [20, 1000];

interface Held {
  readonly tensors: number;
  /** Memory of tfjs's backend: the WASM heap, or the device's buffers. */
  readonly backendBytes: number;
  /** JavaScript's heap after garbage collection. */
  readonly heapBytes: number;
}

export interface MemoryReport {
  readonly backend: BackendName;
  readonly early: Held;
  readonly late: Held;
}

/** The study net on pictures of 8 by 8 pixels, so that a thousand steps take a minute on a software adapter. */
export async function benchmarkMemory(say: (line: string) => void): Promise<MemoryReport[]> {
  const [study] = workloads as readonly [Workload, ...Workload[]];
  const workload = { ...study, network: { ...study.network, input: [8, 8, 3] } };
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const reports: MemoryReport[] = [];
  for (const backend of ['wasm', 'webgpu'] as const) {
    say(`${backend}, ${LATE} steps`);
    await startBackend(backend, nodeBackends);
    const subject = await prepareStep(workload, fusedStep(backend, nodeKernels) as StepFactory);
    const run = async (steps: number): Promise<Held> => {
      for (let index = 0; index < steps; index++) await subject.step();
      collect();
      return { tensors: memory().numTensors, backendBytes: heapBytes(), heapBytes: process.memoryUsage().heapUsed };
    };
    reports.push({ backend, early: await run(EARLY), late: await run(LATE - EARLY) });
    subject.end();
  }
  return reports;
}

export function memoryTable(reports: readonly MemoryReport[]): string {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2);
  const rows = reports.flatMap(({ backend, early, late }) => [
    [backend, 'tensors', String(early.tensors), String(late.tensors)],
    [backend, "tfjs's backend, MB", megabytes(early.backendBytes), megabytes(late.backendBytes)],
    [backend, 'heap of JavaScript, MB', megabytes(early.heapBytes), megabytes(late.heapBytes)],
  ]);
  return markdownTable(['backend', 'what is held', `after ${EARLY} steps`, `after ${LATE}`], rows).join('\n');
}
