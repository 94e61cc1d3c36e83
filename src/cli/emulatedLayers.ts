/** `npm run -s fit -- --emulate`: each layer's share of an emulated Cortex-M4's instructions beside its share of a board model's cycles. */
import { startBackend } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { Board } from '../check/boards/board';
import { benchmarkGraph } from '../check/boards/networks';
import { targets } from '../check/boards/targets';
import { findTools } from '../check/boards/tools';
import { stm32l4r5 } from '../core/cost/devices/stm32l4r5';
import { benchmarks, benchmarkTitles, type Benchmark } from '../core/cost/fit/benchmarks';
import { layerTable } from '../core/cost/layerTable';
import { layerCost, metricFor } from '../core/cost/metrics';
import { markdownTable } from '../core/markdown';
import { planNetwork } from '../core/network/plan';
import { asNetwork } from '../core/quantize/asNetwork';
import type { QuantizedGraph } from '../core/quantize/graph';
import { percent } from '../core/words';

/** A layer as the emulator counts it and as the model does. */
export interface LayerOpinions {
  readonly kind: string;
  readonly instructions: number;
  /** 0 for what the model leaves out, such as pools and sums. */
  readonly cycles: number;
}

/** @param counted the emulator's counts, in the order of the operations that compute something */
export function opinionsOf(graph: QuantizedGraph, counted: readonly { readonly instructions: number }[]): LayerOpinions[] {
  const rows = layerTable(planNetwork(asNetwork(graph)));
  const latency = metricFor('latencyMs', stm32l4r5);
  const computing = graph.operations.flatMap(({ kind }, at) => (kind === 'reshape' ? [] : [{ kind, path: `${at}-${kind}` }]));
  return computing.map(({ kind, path }, at) => ({
    kind,
    instructions: counted[at]?.instructions ?? NaN,
    cycles: rows.filter((row) => row.path === path).reduce((sum, row) => sum + layerCost(latency, row), 0),
  }));
}

/** The share that both would have to move between layers to agree, from 0 to 1. */
export function disagreement(layers: readonly LayerOpinions[]): number {
  const [instructions, cycles] = totalsOf(layers);
  return layers.reduce((sum, layer) => sum + Math.abs(layer.instructions / instructions - layer.cycles / cycles) / 2, 0);
}

/**
 * Prints MLPerf Tiny's four networks.
 * @param cmsis the folder of CMSIS-NN; null for the plain kernels
 * @returns whether the compiler and the emulator are there and every output was the reference's
 */
export async function printEmulated(cmsis: string | null, install: boolean): Promise<boolean> {
  const { usable, missing } = findTools(
    targets.filter(({ id }) => id === 'cortex-m4'),
    cmsis !== null,
    install,
  );
  if (missing) console.error(missing);
  const [target] = usable;
  if (!target) return false;
  await startBackend('automatic', nodeBackends);
  const board = new Board(target, cmsis);
  let equal = true;
  try {
    for (const id of Object.keys(benchmarks) as Benchmark[]) {
      const graph = await benchmarkGraph(id);
      const run = board.run(graph, 'double');
      equal &&= run.equal;
      console.log(
        `${benchmarkTitles[id]}${run.equal ? '' : `, NOT EQUAL (${run.printed})`}\n\n${tableOf(opinionsOf(graph, run.layers))}\n`,
      );
    }
  } finally {
    board.remove();
  }
  console.log(
    `Instructions of the exported C on an emulated ${target.name}, ${cmsis === null ? 'plain kernels' : 'CMSIS-NN'}; cycles of the model of ${stm32l4r5.name}. Instructions are not cycles: memory that is waited for and instructions that run side by side are not in them.`,
  );
  return equal;
}

function tableOf(layers: readonly LayerOpinions[]): string {
  const [instructions, cycles] = totalsOf(layers);
  const row = (name: string, of: Omit<LayerOpinions, 'kind'>) => [
    name,
    of.instructions.toLocaleString('en'),
    percent(of.instructions / instructions),
    Math.round(of.cycles).toLocaleString('en'),
    percent(of.cycles / cycles),
  ];
  const rows = layers.map((layer, at) => row(`${at + 1} ${layer.kind}`, layer));
  return [
    ...markdownTable(['layer', 'instructions', 'share', 'model’s cycles', 'share'], [...rows, row('all', { instructions, cycles })]),
    '',
    `Layers with ${percent(disagreement(layers))} of the work are placed differently.`,
  ].join('\n');
}

function totalsOf(layers: readonly LayerOpinions[]): readonly [instructions: number, cycles: number] {
  return [layers.reduce((sum, layer) => sum + layer.instructions, 0), layers.reduce((sum, layer) => sum + layer.cycles, 0)];
}
