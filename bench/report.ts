/** The benchmark of training steps as Markdown tables, and docs/performance.md that keeps them. */
import { readFile, writeFile } from 'node:fs/promises';
import type { StepReport, Timing } from './steps';

const PAGE = new URL('../docs/performance.md', import.meta.url);

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

/** A part of docs/performance.md that a benchmark writes. */
export type Section = 'benchmark' | 'WebGPU benchmark' | 'memory benchmark';

/** Puts a table between its markers in docs/performance.md. @param name of the markers */
export async function writePerformance(text: string, name: Section): Promise<void> {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const page = await readFile(PAGE, 'utf8');
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has lost its markers ${begin} and ${end}`);
  await writeFile(PAGE, `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`);
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] as string).length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
