/** `--quantise aware`: the found network learns on as int8, on the run's own examples. */
import { nodeKernelsOn } from '../backends/nodeKernels';
import { createRandom } from '../core/random';
import { evaluate } from '../core/search/training/evaluate';
import { trainAware } from '../core/search/training/quantizationAware';
import { taskFor } from '../core/tasks/index';
import { qualityText } from '../core/tasks/task';
import type { ExportedRun } from '../exporters/exporter';
import { foldRun } from '../exporters/int8/int8Network';
import { engine } from '../training/engine';
import type { FoundNetwork } from './foundNetwork';
import { progressBar } from './progressLine';

/** Adam's rate: a tenth of the one that networks usually learn with. */
const RATE = 1e-4;

export interface TrainedAware {
  /** The network that is best on the validation examples: with what it has learnt, or as it was. */
  readonly exported: ExportedRun;
  /** Milliseconds of the median step. */
  readonly stepMs: number;
  readonly stepsPerEpoch: number;
}

/** Says which of the networks is kept. */
export async function trainedAware({ run, model, data }: FoundNetwork, exported: ExportedRun, epochs: number): Promise<TrainedAware> {
  const task = taskFor(run.config.task);
  const own = engine(nodeKernelsOn(null));
  const { graph, ranges } = await foldRun(exported);
  const { stderr } = process;
  const stepMs: number[] = [];
  let started = performance.now();
  const {
    graph: tuned,
    keptEpoch,
    qualities,
  } = await trainAware(graph, ranges, {
    epochs,
    rate: RATE,
    loss: task.loss,
    lossOf: own.lossOf,
    batches: data.trainingBatches(createRandom(run.config.randomSeed, 'quantisation-aware')),
    quality: task.validation,
    score: (inference) =>
      evaluate(
        model,
        data.validation,
        { loss: task.loss, quality: task.validation },
        { ...own, createInference: () => Promise.resolve(inference) },
        () => Promise.resolve(),
      ),
    pause: async (done, total) => {
      stepMs.push(performance.now() - started);
      const words = `quantisation-aware training: step ${done} of ${total}`;
      if (stderr.isTTY) stderr.write(`\r\x1b[K${done < total ? progressBar(done / total, words, stderr.columns) : ''}`);
      else if (done % (total / epochs) === 0) stderr.write(`${words}\n`);
      // Lets signals in between steps.
      await new Promise((resolve) => setImmediate(resolve));
      started = performance.now();
    },
  });
  const texts = qualities.map((quality) => qualityText(task.validation, quality));
  const validated = `${task.validation.label} on ${data.validation.examples.count} validation ${task.example.many}`;
  console.log(
    `${validated}: ${texts[0]} as int8 at once, ${texts.slice(1).join(', ')} after each epoch as int8; ${keptEpoch === 0 ? 'the network is quantised at once' : `epoch ${keptEpoch} is kept`}`,
  );
  return {
    exported: keptEpoch === 0 ? exported : { ...exported, tuned: { graph: tuned, ranges, keptEpoch } },
    stepMs: stepMs.toSorted((a, b) => a - b)[stepMs.length >> 1] as number,
    stepsPerEpoch: stepMs.length / epochs,
  };
}
