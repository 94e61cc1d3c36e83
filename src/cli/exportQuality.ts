/** How good a network is as floats and as int8, on the same examples. */
import { evaluate } from '../core/search/training/evaluate';
import { quantizedInference } from '../core/search/training/quantizedInference';
import { qualityText } from '../core/tasks/task';
import { taskFor } from '../core/tasks/index';
import type { QuantizedGraph } from '../core/quantize/graph';
import { engine } from '../training/engine';
import { nodeKernelsOn } from '../backends/nodeKernels';
import type { FoundNetwork } from './foundNetwork';

/** The int8 network rounds as devices do. */
export async function comparedQuality({ run, model, test }: FoundNetwork, graph: QuantizedGraph): Promise<string> {
  const task = taskFor(run.config.task);
  const own = engine(nodeKernelsOn(null));
  const pause = () => Promise.resolve();
  const float = await evaluate(model, test, task, own, pause);
  const createInference = () => Promise.resolve(quantizedInference(graph, 'double'));
  const int8 = await evaluate(model, test, task, { ...own, createInference }, pause);
  const text = (value: number) => qualityText(task.quality, value);
  return `${task.quality.label} on ${test.examples.count} test ${task.example.many}: ${text(float.quality)} with floats, ${text(int8.quality)} as int8`;
}
