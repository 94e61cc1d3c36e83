/** Writes the benchmark of training steps as Markdown tables. */
import { markdownTable } from '../src/core/markdown';
import type { StepReport, Timing } from './steps';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
}

export function stepTable({ timings, parts, peer }: StepReport, { cpu, cores, node }: Machine): string {
  const isPeer = ({ what }: Timing) => what === peer;
  const rows = timings.map((timing) => {
    const sameWork = timings.filter(({ workload, batch }) => workload === timing.workload && batch === timing.batch);
    const ratio = (to: Timing | undefined) => (to && to !== timing ? (timing.median / to.median).toFixed(2) : '');
    return [
      timing.workload,
      String(timing.batch),
      timing.what,
      String(timing.threads),
      timing.median.toFixed(1),
      `${timing.fastest.toFixed(1)} to ${timing.slowest.toFixed(1)}`,
      ratio(sameWork.find(({ what }) => what === 'tfjs, composed kernels')),
      isPeer(timing) ? '' : ratio(sameWork.find((other) => isPeer(other) && other.threads === timing.threads)),
    ];
  });
  return [
    `${cpu}, ${cores} cores, Node ${node}; ${peer ?? 'without a peer'}.`,
    '',
    ...markdownTable(['workload', 'batch', 'step', 'threads', 'ms, median', 'fastest to slowest', '/ composed', '/ PyTorch'], rows),
    '',
    'The fused step on one thread, in parts:',
    '',
    ...markdownTable(
      ['workload', 'batch', 'forward, ms', 'backward, ms', 'optimizer, ms', 'script, ms', 'memory, MB', 'GFLOP/s'],
      parts.map(({ workload, batch, forward, backward, optimizer, script, megabytes, gigaflops }) => [
        workload,
        String(batch),
        ...[forward, backward, optimizer, script, megabytes, gigaflops].map((value) => value.toFixed(1)),
      ]),
    ),
  ].join('\n');
}
