/**
 * The fused step on WebGPU under Node: time per step, calls to the device per step, and the time of the first step. It is compared
 * with tfjs alone on the study net, and with PyTorch on every workload if asked for.
 */
import { availableParallelism } from 'node:os';
import { countingCalls } from '../support/countingCalls';
import { startBackend } from '../src/backends/backend';
import { nodeBackends } from '../src/backends/node';
import { planNetwork } from '../src/core/network/plan';
import { candidateCount, noFactors } from '../src/core/search/training/architecture';
import { lossFor } from '../src/kernels/losses/index';
import type { StepFactory } from '../src/core/search/training/trainingStep';
import { compileProgram } from '../src/training/fused/program';
import { lowerForWebgpu } from '../src/training/fused/webgpu/lowering';
import { prepareReplay } from '../src/training/fused/webgpu/replay';
import { knownTiles } from '../src/training/fused/webgpu/tiles';
import { webgpuBackend } from '../src/training/fused/webgpu/device';
import { createWebgpuStep } from '../src/training/fused/webgpu/step';
import { createReferenceStep } from '../src/training/referenceStep';
import { USUAL_LOSS, workloads, type Workload } from '../support/workloads';
import { startPyTorch, type Peer } from './peer';
import { architectureOf, prepareStep } from './prepareStep';
import { markdownTable } from '../src/core/markdown';

const STEPS = 8;
/** Fewer steps for the other workloads, because a software adapter takes seconds for some. */
const OTHER_STEPS = 4;
/** Few steps for tfjs alone, because it takes many times as long. */
const STOCK_STEPS = 2;
/** A graphics card makes a step in about a millisecond, so as many more steps are made as fit into this time. */
const STEPS_MS = 500;
/** The fastest round counts, because the first ones still warm up. */
const PART_ROUNDS = 3;
const PARTS_MS = 100;
/** Steps of PyTorch on a graphics card. The first ones are left out, because its libraries start up in them. */
const CARD_STEPS = 120;
const CARD_START = 20;

interface Measured {
  readonly what: string;
  readonly firstStepSeconds: number;
  readonly pipelines: number;
  readonly dispatches: number;
  /** Without the submission and the buffer that read the metrics. */
  readonly submits: number;
  readonly buffers: number;
  readonly bindGroups: number;
  /** Median milliseconds; then the fastest and the slowest. */
  readonly ms: number;
  readonly fastest: number;
  readonly slowest: number;
  readonly scriptMs: number;
  /** Milliseconds per step of steps in a row, of which only the last one's numbers are read, as in training. */
  readonly inRow: number;
}

/** Milliseconds of the fused kernels alone, and the memory that they use, pictures aside. */
interface Parts {
  readonly megabytes: number;
  readonly forward: number;
  readonly backward: number;
  readonly optimizer: number;
}

interface OnWorkload {
  readonly workload: string;
  readonly batch: number;
  readonly fused: Measured;
  readonly parts: Parts;
  /** Null if nobody asked for it or it does not train this workload. */
  readonly peer: PeerTime | null;
}

/** Milliseconds per step: the median of steps whose loss is read each, and of steps in a row. */
interface PeerTime {
  readonly ms: number;
  readonly inRow: number;
}

export interface WebgpuReport {
  readonly adapter: string;
  readonly measured: readonly Measured[];
  readonly workloads: readonly OnWorkload[];
  /** The peer's name and device, or the reason why there is none; null if nobody asked for it. */
  readonly peer: string | null;
}

/** @throws Error when there is no adapter */
export async function benchmarkWebgpu(withPeer: boolean, say: (line: string) => void): Promise<WebgpuReport> {
  await startBackend('webgpu', nodeBackends);
  const started = withPeer ? await startPyTorch() : null;
  const peer = typeof started === 'string' ? null : started;
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
  const others: OnWorkload[] = [];
  for (const each of workloads) {
    say(`${each.name}, batch ${each.batch}, fused`);
    const fused = each === workload ? (measured[0] as Measured) : await measure('fused', each, createWebgpuStep, OTHER_STEPS);
    const parts = await partsOf(each);
    others.push({
      workload: each.name,
      batch: each.batch,
      fused,
      parts,
      peer: peer && !each.channels && !each.paths ? await peerTime(peer, each) : null,
    });
  }
  peer?.end();
  const device = peer?.card ?? `${availableParallelism()} threads`;
  const name = typeof started === 'string' ? `no PyTorch: ${started}` : peer && `${peer.name}, ${device}`;
  return { adapter: `${vendor} ${architecture}`.trim(), measured, workloads: others, peer: name };
}

/** Uses the graphics card if the peer has one, else all threads. */
async function peerTime(peer: Peer, workload: Workload): Promise<PeerTime> {
  const [steps, start] = peer.card ? [CARD_STEPS, CARD_START] : [STEPS, 1];
  const request = { ...workload, threads: availableParallelism(), device: peer.card ? 'cuda' : 'cpu', steps } as const;
  const { times, inRow } = await peer.measure({ ...request, inRow: steps });
  return { ms: median(times.slice(start)), inRow: inRow as number };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

async function measure(what: string, workload: Workload, factory: StepFactory, steps: number): Promise<Measured> {
  const making = countingCalls();
  const started = performance.now();
  const prepared = await prepareStep(workload, factory);
  await prepared.step();
  const firstStepSeconds = (performance.now() - started) / 1000;
  const { createPipeline = NaN } = making.end();
  const running = countingCalls();
  const times: { readonly ms: number; readonly scriptMs: number }[] = [];
  const from = performance.now();
  while (times.length < steps || performance.now() - from < STEPS_MS) times.push(await prepared.step());
  const counts = running.end();
  const inRow = await prepared.inRow(times.length);
  prepared.end();
  const perStep = (call: string, ofReading = 0) => Math.max(0, (counts[call] ?? NaN) / times.length - ofReading);
  return {
    what,
    firstStepSeconds,
    pipelines: createPipeline,
    dispatches: perStep('dispatchWorkgroups'),
    submits: perStep('submit', 1),
    buffers: perStep('createBuffer', 1),
    bindGroups: perStep('createBindGroup'),
    ms: median(times.map(({ ms }) => ms)),
    fastest: Math.min(...times.map(({ ms }) => ms)),
    slowest: Math.max(...times.map(({ ms }) => ms)),
    scriptMs: median(times.map(({ scriptMs }) => scriptMs)),
    inRow,
  };
}

/** Replays the fused kernels on zeros: those up to the loss, those of gradients, and the optimizer's. */
async function partsOf(workload: Workload): Promise<Parts> {
  const backend = webgpuBackend();
  const { network, batch, loss = USUAL_LOSS } = workload;
  const plan = planNetwork(network);
  const architecture = architectureOf(workload, plan);
  const program = compileProgram(plan, (architecture?.factors ?? noFactors).masked);
  const candidates = candidateCount(architecture?.factors ?? noFactors);
  const storageBuffers = backend.device.limits.maxStorageBuffersPerShaderStage;
  const options = {
    plan,
    program,
    batchSize: batch,
    sets: [],
    architecture,
    candidates,
    optimizer: 'adam',
    archOptimizer: 'adam',
    loss: lossFor(loss),
    storageBuffers,
  } as const;
  const recording = lowerForWebgpu({ ...options, tiles: await knownTiles(backend) });
  const replay = await prepareReplay(backend, recording);
  const time = async (start: number, end: number) => {
    let fastest = Infinity;
    const from = performance.now();
    for (let round = 0; round < PART_ROUNDS || performance.now() - from < PARTS_MS; round++) {
      const encoder = backend.device.createCommandEncoder();
      replay.encode(encoder, end, null, start);
      const started = performance.now();
      backend.device.queue.submit([encoder.finish()]);
      await backend.device.queue.onSubmittedWorkDone();
      fastest = Math.min(fastest, performance.now() - started);
    }
    return fastest;
  };
  const { forward, beforeUpdate, dispatches, buffers } = recording;
  const parts = {
    megabytes: buffers.reduce((total, { words }) => total + 4 * words, 0) / 1e6,
    forward: await time(0, forward),
    backward: await time(forward, beforeUpdate),
    optimizer: await time(beforeUpdate, dispatches.length),
  };
  replay.dispose();
  architecture?.dispose();
  return parts;
}

export function webgpuTable({ adapter, measured, workloads: others, peer }: WebgpuReport): string {
  const [ours, stock] = measured as [Measured, Measured];
  const row = (name: string, digits: number, value: (of: Measured) => number) => [
    name,
    value(ours).toFixed(digits),
    value(stock).toFixed(digits),
    value(ours) > 0 ? (value(stock) / value(ours)).toFixed(1) : '',
  ];
  const rows = [
    row('ms per step, median', 2, ({ ms }) => ms),
    row('ms until the script may go on, median', 2, ({ scriptMs }) => scriptMs),
    row('s to the first step, kernels compiled', 1, ({ firstStepSeconds }) => firstStepSeconds),
    row('pipelines', 0, ({ pipelines }) => pipelines),
    row('dispatches per step', 0, ({ dispatches }) => dispatches),
    row('submits per step', 0, ({ submits }) => submits),
    row('buffers made per step', 0, ({ buffers }) => buffers),
    row('bind groups made per step', 0, ({ bindGroups }) => bindGroups),
  ];
  const head = ['workload', 'batch', 'ms', 'fastest to slowest', 'in a row', 'script, ms', 'dispatches', 'pipelines made', 'first step, s'];
  const peerHead = ['PyTorch, ms', 'in a row', '/ PyTorch', 'in a row'];
  const besidePeer = ({ ms, inRow }: Measured, peer: PeerTime | null) =>
    peer ? [peer.ms.toFixed(2), peer.inRow.toFixed(2), (ms / peer.ms).toFixed(2), (inRow / peer.inRow).toFixed(2)] : peerHead.map(() => '');
  const otherRows = others.map(({ workload, batch, fused, peer: peerMs }) => [
    workload,
    String(batch),
    fused.ms.toFixed(2),
    `${fused.fastest.toFixed(2)} to ${fused.slowest.toFixed(2)}`,
    fused.inRow.toFixed(2),
    fused.scriptMs.toFixed(2),
    ...[fused.dispatches, fused.pipelines].map((count) => count.toFixed(0)),
    fused.firstStepSeconds.toFixed(1),
    ...(peer ? besidePeer(fused, peerMs) : []),
  ]);
  return [
    `Study net, batch 16; adapter: ${adapter}.`,
    '',
    ...markdownTable(['', 'fused', 'tfjs', 'times fewer'], rows),
    '',
    `The fused step on every workload${peer ? `, beside ${peer}` : ''}; pipelines of earlier rows are not made again:`,
    '',
    ...markdownTable([...head, ...(peer ? peerHead : [])], otherRows),
    '',
    'Its kernels alone, in parts:',
    '',
    ...markdownTable(
      ['workload', 'batch', 'forward, ms', 'backward, ms', 'optimizer, ms', 'memory, MB'],
      others.map(({ workload, batch, parts: { forward, backward, optimizer, megabytes } }) => [
        workload,
        String(batch),
        ...[forward, backward, optimizer, megabytes].map((value) => value.toFixed(2)),
      ]),
    ),
  ].join('\n');
}
