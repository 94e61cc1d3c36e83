/** How good a network is as floats and as int8, on the same examples. */
import { evaluate } from '../core/search/training/evaluate';
import { quantizedInference } from '../core/search/training/quantizedInference';
import { qualityText } from '../core/tasks/task';
import { taskFor } from '../core/tasks/index';
import type { QuantizedGraph } from '../core/quantize/graph';
import { engine } from '../training/engine';
import { nodeKernelsOn } from '../backends/nodeKernels';
import type { FoundNetwork } from './foundNetwork';

export interface ComparedQuality {
  readonly id: string;
  readonly examples: number;
  readonly float: number;
  readonly int8: number;
  readonly text: string;
}

/** The int8 network rounds as devices do. */
export async function compareQuality({ run, model, test }: FoundNetwork, graph: QuantizedGraph): Promise<ComparedQuality> {
  const task = taskFor(run.config.task);
  const own = engine(nodeKernelsOn(null));
  const pause = () => Promise.resolve();
  const float = await evaluate(model, test, task, own, pause);
  const createInference = () => Promise.resolve(quantizedInference(graph, 'double'));
  const int8 = await evaluate(model, test, task, { ...own, createInference }, pause);
  const { id } = task.quality;
  return {
    id,
    examples: test.examples.count,
    float: float.quality,
    int8: int8.quality,
    text: `${task.quality.label} on ${test.examples.count} test ${task.example.many}: ${qualityText(task.quality, float.quality)} with floats, ${qualityText(task.quality, int8.quality)} as int8`,
  };
}
