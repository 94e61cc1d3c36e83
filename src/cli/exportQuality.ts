/** How good a network is as floats and as int8, on the same examples. */
import { evaluate, type EvaluationData } from '../core/search/training/evaluate';
import { quantizedInference } from '../core/search/training/quantizedInference';
import { qualityText } from '../core/tasks/task';
import type { Task } from '../core/tasks/index';
import { counted } from '../core/words';
import type { QuantizedGraph } from '../core/quantize/graph';
import type { Model } from '../core/search/training/engine';
import type { ExportedRun } from '../exporters/exporter';
import { int8NetworkOf } from '../exporters/int8/int8Network';
import { engine } from '../training/engine';
import { nodeKernelsOn } from '../backends/nodeKernels';

/** A network, and the test examples of its task. */
interface Tested {
  readonly task: Task;
  readonly model: Model;
  readonly test: EvaluationData;
}

/** The quality on the run's test examples. @param graph rounds as devices do; null measures the network with floats */
export async function testQuality({ task, model, test }: Tested, graph: QuantizedGraph | null): Promise<number> {
  const own = engine(nodeKernelsOn(null));
  const used = graph ? { ...own, createInference: () => Promise.resolve(quantizedInference(graph, 'double')) } : own;
  const { quality } = await evaluate(model, test, task, used, () => Promise.resolve());
  return quality;
}

type Judged<Run> = Omit<Run, 'int8Quality'> & { readonly int8Quality: () => Promise<number> };

/** The run with its quality as int8, which is measured once, when it is first asked for. */
export function withInt8Quality<Run extends ExportedRun>(run: Run, tested: Tested): Judged<Run> {
  let measured: Promise<number> | null = null;
  const measure = async () => {
    const { task, test } = tested;
    console.error(
      `Measuring the network as int8 on ${counted(test.examples.count, `test ${task.example.one}`, `test ${task.example.many}`)} ...`,
    );
    return testQuality(tested, (await int8NetworkOf(whole)).graph);
  };
  const whole: ExportedRun & Judged<Run> = { ...run, int8Quality: () => (measured ??= measure()) };
  return whole;
}

/** Both qualities as a sentence. @param int8 the quality as int8 */
export async function comparedQuality(tested: Tested, int8: number): Promise<string> {
  const { quality, example } = tested.task;
  const text = (value: number) => qualityText(quality, value);
  return `${quality.label} on ${tested.test.examples.count} test ${example.many}: ${text(await testQuality(tested, null))} with floats, ${text(int8)} as int8`;
}
