import { benchmarks, type Benchmark } from '../../core/cost/fit/benchmarks';
import { initialWeights } from '../../core/network/parameters';
import { planNetwork } from '../../core/network/plan';
import { numbersIn } from '../../core/ops/shape';
import { foldNetwork } from '../../core/quantize/fold';
import type { QuantizedGraph } from '../../core/quantize/graph';
import { quantizeGraph } from '../../core/quantize/quantize';
import { tensorRanges } from '../../core/quantize/ranges';
import { createRandom } from '../../core/random';

/** Examples that the ranges come from. */
const EXAMPLES = 4;

/**
 * A network of MLPerf Tiny as int8, with weights and examples at random: what a board computes and how long it takes does not depend on
 * what the network has learnt. A TensorFlow.js backend must run.
 */
export async function benchmarkGraph(id: Benchmark): Promise<QuantizedGraph> {
  const plan = planNetwork(benchmarks[id]);
  const random = createRandom(1, `board ${id}`);
  const graph = foldNetwork(plan, initialWeights(plan, random));
  const x = Float32Array.from({ length: EXAMPLES * numbersIn(plan.network.input) }, () => random.normal());
  return quantizeGraph(graph, await tensorRanges(graph, () => [{ x, count: EXAMPLES }], 'minMax')).graph;
}
