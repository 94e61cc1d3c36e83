/** The speed targets, compared with the latest measurements. */
import { searchTimes, type Evaluation } from '../src/cli/evaluation/report';
import type { BrowserRunReport } from './browserRuns';
import type { BrowserStepReport } from './browserSteps';
import type { MemoryReport } from './memory';
import { markdownTable } from '../src/core/markdown';
import type { StepReport, Timing } from './steps';
import type { WebgpuReport } from './webgpu';

/** The latest results of each benchmark. */
export interface Measurements {
  readonly steps?: StepReport;
  /** On a software adapter, and on a graphics card. */
  readonly webgpu?: WebgpuReport;
  readonly card?: WebgpuReport;
  readonly memory?: readonly MemoryReport[];
  readonly browserSteps?: BrowserStepReport;
  readonly browserRuns?: BrowserRunReport;
}

/** A target for speed or memory: a bound that all values must keep, and perhaps a stricter aim. */
interface Target {
  readonly what: string;
  readonly unit?: string;
  readonly digits?: number;
  /** Whether more is better. */
  readonly atLeast?: true;
  readonly bound: number;
  readonly aim?: number;
  /** Empty if nothing was measured. */
  readonly values: readonly number[];
}

export function targetTable(measured: Measurements, evaluation: Evaluation): string {
  const rows = targetsOf(measured, evaluation).map(({ what, unit = '', digits = 2, atLeast, bound, aim, values }) => {
    const sign = atLeast ? '≥' : '≤';
    const keeps = (limit: number) => values.every((value) => (atLeast ? value >= limit : value <= limit));
    const reached = values.length === 0 ? 'not measured' : aim !== undefined && keeps(aim) ? 'aim' : keeps(bound) ? 'bound' : 'missed';
    const least = `${sign} ${bound}${unit}${aim === undefined ? '' : `, aim ${aim}${unit}`}`;
    return [
      what,
      least,
      values.map((value) => `${value.toFixed(digits)}${unit}`).join('; '),
      aim === undefined && reached === 'bound' ? 'kept' : reached,
    ];
  });
  return markdownTable(['what', 'asked', 'measured', 'reached'], rows).join('\n');
}

function targetsOf({ steps, webgpu, card, memory = [], browserRuns }: Measurements, evaluation: Evaluation): Target[] {
  const timings = steps?.timings ?? [];
  const fused = timings.filter(({ what }) => what === 'fused');
  /** Our time divided by theirs, on the same work. */
  const ratios = (ours: readonly Timing[], theirs: (timing: Timing, own: Timing) => boolean) =>
    ours.flatMap((own) => {
      const other = timings.find((timing) => timing.workload === own.workload && timing.batch === own.batch && theirs(timing, own));
      return other ? [own.median / other.median] : [];
    });
  const againstPeer = (workload: string, threads: (count: number) => boolean) =>
    ratios(
      fused.filter((own) => own.workload === workload && threads(own.threads)),
      (timing, own) => timing.what === steps?.peer && timing.threads === own.threads,
    );
  const composed = ratios(
    fused.filter(({ threads }) => threads === 1),
    ({ what }) => what === 'tfjs, composed kernels',
  ).map((ratio) => 1 / ratio);
  const [ours, stock] = webgpu?.measured ?? [];
  const onWebgpu = ours ? [ours] : [];
  const onCard = card?.workloads ?? [];
  const wholeOver = (['supernet', 'pit', 'supernet+pit'] as const).flatMap((method) => {
    const times = searchTimes(evaluation, method);
    return times ? [times.whole / times.plainWhole] : [];
  });
  const runs = browserRuns?.runs ?? [];
  const defaultRun = runs.filter(({ backend, over }) => backend === 'WebAssembly' && over === 'candidates');
  return [
    {
      what: 'study net against PyTorch, one thread each; batch 16, 64',
      bound: 1.5,
      aim: 1.2,
      values: againstPeer('study net', (count) => count === 1),
    },
    { what: 'the same, all threads', bound: 1.6, aim: 1.2, values: againstPeer('study net', (count) => count > 1) },
    {
      what: 'ResNet-8 supernet against PyTorch; one thread, all',
      bound: 2.5,
      aim: 1.5,
      values: againstPeer('ResNet-8 supernet', () => true),
    },
    { what: 'times faster than composed kernels, one thread; every workload', digits: 1, atLeast: true, bound: 4, values: composed },
    {
      what: 'WebGPU: times faster than tfjs, study net, batch 16',
      digits: 1,
      atLeast: true,
      bound: 15,
      aim: 25,
      values: ours && stock ? [stock.ms / ours.ms] : [],
    },
    { what: 'WebGPU: dispatches of a step', digits: 0, bound: 200, aim: 130, values: onWebgpu.map(({ dispatches }) => dispatches) },
    {
      what: 'WebGPU: submissions of a step; every workload',
      digits: 0,
      bound: 1,
      values: webgpu?.workloads.map(({ fused: own }) => own.submits) ?? [],
    },
    {
      what: 'WebGPU: pipelines; software adapter, graphics card with its choice of tiles',
      digits: 0,
      bound: 40,
      aim: 25,
      values: [...onWebgpu, ...(card?.measured.slice(0, 1) ?? [])].map(({ pipelines }) => pipelines),
    },
    {
      what: 'WebGPU: to the first step',
      unit: ' s',
      digits: 1,
      bound: 8,
      aim: 4,
      values: onWebgpu.map(({ firstStepSeconds }) => firstStepSeconds),
    },
    {
      what: 'WebGPU on a graphics card against PyTorch there; every workload',
      bound: 2,
      aim: 1,
      values: onCard.flatMap(({ fused: own, peer }) => (peer === null ? [] : [own.ms / peer.ms])),
    },
    {
      what: 'the same, steps in a row',
      bound: 2,
      aim: 1,
      values: onCard.flatMap(({ fused: own, peer }) => (peer === null ? [] : [own.inRow / peer.inRow])),
    },
    {
      what: 'to the first step there, a choice of tiles included',
      unit: ' s',
      digits: 1,
      bound: 8,
      aim: 4,
      values: card?.measured.slice(0, 1).map(({ firstStepSeconds }) => firstStepSeconds) ?? [],
    },
    {
      what: 'script of a step outside the kernels, WebAssembly; every workload',
      unit: ' ms',
      digits: 1,
      bound: 4,
      aim: 1,
      values: steps?.parts.map(({ script }) => script) ?? [],
    },
    {
      what: 'script of a step, WebGPU in Chromium; candidates, channels',
      unit: ' ms',
      bound: 1,
      aim: 0.3,
      values: runs.flatMap(({ encodingMs }) => (encodingMs ? [encodingMs.median] : [])),
    },
    {
      what: 'more tensors after 1,000 steps than after 20; both backends',
      digits: 0,
      bound: 0,
      values: memory.map(({ early, late }) => late.tensors - early.tensors),
    },
    {
      what: 'more memory of the backend',
      unit: ' bytes',
      digits: 0,
      bound: 0,
      values: memory.map(({ early, late }) => late.backendBytes - early.backendBytes),
    },
    { what: "a whole search over the seed network's training; candidates, channels, both", bound: 3, aim: 2, values: wholeOver },
    {
      what: 'the default run in Chromium, to the result',
      unit: ' s',
      digits: 0,
      bound: 90,
      aim: 45,
      values: defaultRun.map(({ resultSeconds }) => resultSeconds),
    },
    { what: 'tasks of the main thread over 50 ms in it', digits: 0, bound: 0, values: defaultRun.map(({ longTasks }) => longTasks.count) },
  ];
}
