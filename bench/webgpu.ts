/**
 * The fused step on WebGPU beside tfjs alone, under Node, on the study net: time per step, what a step asks of the device, and
 * how long the first one takes.
 */
import { countingCalls } from '../tests/support/countingCalls';
import { startBackend } from '../src/backends/backend';
import { nodeBackends } from '../src/backends/node';
import type { StepFactory } from '../src/core/search/trainingStep';
import { webgpuBackend } from '../src/training/fused/webgpuDevice';
import { createWebgpuStep } from '../src/training/fused/webgpuStep';
import { createReferenceStep } from '../src/training/referenceStep';
import { workloads, type Workload } from './networks';
import { prepareStep } from './prepareStep';
import { markdownTable } from './report';

const STEPS = 8;
/** tfjs alone takes many times as long. */
const STOCK_STEPS = 2;

interface Measured {
  readonly what: string;
  readonly firstStepSeconds: number;
  readonly pipelines: number;
  readonly dispatches: number;
  /** Without the one, and the buffer, that the metrics are read by. */
  readonly submits: number;
  readonly buffers: number;
  readonly bindGroups: number;
  readonly ms: number;
  readonly scriptMs: number;
}

export interface WebgpuReport {
  readonly adapter: string;
  readonly measured: readonly Measured[];
}

/** @throws Error when there is no adapter */
export async function benchmarkWebgpu(say: (line: string) => void): Promise<WebgpuReport> {
  await startBackend('webgpu', nodeBackends);
  const [workload] = workloads as readonly [Workload, ...Workload[]];
  const { architecture = 'unknown', vendor = '' } = webgpuBackend().adapterInfo;
  const subjects: readonly (readonly [string, StepFactory, number])[] = [
    ['fused', createWebgpuStep, STEPS],
    ['tfjs', createReferenceStep, STOCK_STEPS],
  ];
  const measured: Measured[] = [];
  for (const [what, factory, steps] of subjects) {
    say(`${workload.name}, batch ${workload.batch}, ${what}`);
    measured.push(await measure(what, workload, factory, steps));
  }
  return { adapter: `${vendor} ${architecture}`.trim(), measured };
}

async function measure(what: string, workload: Workload, factory: StepFactory, steps: number): Promise<Measured> {
  const making = countingCalls();
  const started = performance.now();
  const prepared = await prepareStep(workload, factory);
  await prepared.step();
  const firstStepSeconds = (performance.now() - started) / 1000;
  const { createPipeline = NaN } = making.end();
  const running = countingCalls();
  const times: { readonly ms: number; readonly scriptMs: number }[] = [];
  for (let index = 0; index < steps; index++) times.push(await prepared.step());
  const counts = running.end();
  prepared.end();
  const perStep = (call: string, ofReading = 0) => Math.max(0, (counts[call] ?? NaN) / steps - ofReading);
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
  return {
    what,
    firstStepSeconds,
    pipelines: createPipeline,
    dispatches: perStep('dispatchWorkgroups'),
    submits: perStep('submit', 1),
    buffers: perStep('createBuffer', 1),
    bindGroups: perStep('createBindGroup'),
    ms: median(times.map(({ ms }) => ms)),
    scriptMs: median(times.map(({ scriptMs }) => scriptMs)),
  };
}

export function webgpuTable({ adapter, measured }: WebgpuReport): string {
  const [ours, stock] = measured as [Measured, Measured];
  const row = (name: string, digits: number, value: (of: Measured) => number) => [
    name,
    value(ours).toFixed(digits),
    value(stock).toFixed(digits),
    value(ours) > 0 ? (value(stock) / value(ours)).toFixed(1) : '',
  ];
  const rows = [
    row('ms per step, median', 0, ({ ms }) => ms),
    row('ms until the script may go on, median', 2, ({ scriptMs }) => scriptMs),
    row('s to the first step, kernels compiled', 1, ({ firstStepSeconds }) => firstStepSeconds),
    row('pipelines', 0, ({ pipelines }) => pipelines),
    row('dispatches per step', 0, ({ dispatches }) => dispatches),
    row('submits per step', 0, ({ submits }) => submits),
    row('buffers made per step', 0, ({ buffers }) => buffers),
    row('bind groups made per step', 0, ({ bindGroups }) => bindGroups),
  ];
  return [`Study net, batch 16; adapter: ${adapter}.`, '', ...markdownTable(['', 'fused', 'tfjs', 'times fewer'], rows)].join('\n');
}
