/** How good a network is as floats and as int8, on the same examples. */
import { evaluate } from '../core/search/training/evaluate';
import { quantizedInference } from '../core/search/training/quantizedInference';
import { qualityText } from '../core/tasks/task';
import { taskFor } from '../core/tasks/index';
import type { QuantizedGraph } from '../core/quantize/graph';
import { engine } from '../training/engine';
import { nodeKernelsOn } from '../backends/nodeKernels';
import type { FoundNetwork } from './foundNetwork';

/** The quality on the run's test examples. @param graph rounds as devices do; null measures the network with floats */
export async function testQuality({ run, model, test }: FoundNetwork, graph: QuantizedGraph | null): Promise<number> {
  const own = engine(nodeKernelsOn(null));
  const used = graph ? { ...own, createInference: () => Promise.resolve(quantizedInference(graph, 'double')) } : own;
  const { quality } = await evaluate(model, test, taskFor(run.config.task), used, () => Promise.resolve());
  return quality;
}

/** Both qualities as a sentence. */
export async function comparedQuality(found: FoundNetwork, graph: QuantizedGraph): Promise<string> {
  const { quality, example } = taskFor(found.run.config.task);
  const [float, int8] = [await testQuality(found, null), await testQuality(found, graph)];
  const text = (value: number) => qualityText(quality, value);
  return `${quality.label} on ${found.test.examples.count} test ${example.many}: ${text(float)} with floats, ${text(int8)} as int8`;
}
