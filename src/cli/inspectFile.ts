/** Shows a network of any program, int8 or of floats: its operations, sizes, costs on every device, and its quality on examples. */
import { startBackend } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { nodeKernelsOn } from '../backends/nodeKernels';
import type { DeviceCosts } from '../core/cost/deviceCosts';
import type { MetricId } from '../core/cost/metrics';
import { metricText, metricTexts } from '../core/cost/metricTexts';
import type { Dataset } from '../core/data/dataset';
import { sampleDataset } from '../core/data/sampling';
import { WorkbenchError } from '../core/errors';
import { said } from '../core/language/told';
import { tensorAt, type GraphTensor, type QuantizedTensor } from '../core/quantize/graph';
import { taskFor, tasks, type Task } from '../core/tasks/index';
import { qualityText } from '../core/tasks/task';
import { counted } from '../core/words';
import { openNetwork, type OpenedNetwork } from '../exporters/opened/opened';
import { measureOpened, misfitOf } from '../exporters/opened/quality';
import { engine } from '../training/engine';
import { usualCache } from './cacheFolder';
import { readExamplePath } from './examplePath';
import type { InspectArguments } from './exportArguments';
import { readGiven } from './foundNetwork';

/** @throws WorkbenchError `invalid-data` when the file or the examples cannot be read */
export async function inspectionOf(given: InspectArguments): Promise<string> {
  const opened = openNetwork(await readGiven('--inspect', given.file), given.file);
  const { graph, summary } = opened;
  return [
    `input   ${described(tensorAt<Tensor>(graph, graph.input))}`,
    ...graph.operations.map(({ output }, at) => {
      const { operation, reads } = summary.layers[at] as (typeof summary.layers)[number];
      return `${operation.padEnd(15)} ${described(tensorAt<Tensor>(graph, output))} from ${reads.join(', ')}`;
    }),
    `output  ${described(tensorAt<Tensor>(graph, graph.output))}`,
    '',
    `${summary.numbers} file ${summary.fileBytes} B, weights, biases and scales ${summary.constantBytes} B, activations ${summary.activationBytes} B`,
    '',
    ...costTable(summary.costs),
    '',
    await qualityLine(opened, given),
  ].join('\n');
}

type Tensor = GraphTensor | QuantizedTensor;

const described = (tensor: Tensor) =>
  `${tensor.name} [${tensor.shape.join(', ')}]${'scale' in tensor ? `, ${tensor.scale.toPrecision(6)} * (q - ${tensor.zeroPoint})` : ''}`;

/** A row per device. What does not depend on the device comes first, once. */
function costTable(costs: readonly DeviceCosts[]): string[] {
  const text = (of: DeviceCosts, id: MetricId) => (of.costs[id] === undefined ? 'unknown' : metricText(id, of.costs[id]));
  const [first] = costs as [DeviceCosts];
  const shown = ['flashBytes', 'ramBytes', 'latencyMs', 'energyUj'] as const;
  const rows = costs.map((of) => [
    of.name,
    ...shown.map((id) => text(of, id)),
    [
      of.problem === null ? '' : said(of.problem),
      of.exceeds.length > 0 ? `more ${of.exceeds.map((id) => metricTexts[id].word).join(' and ')} than it has` : '',
    ]
      .filter(Boolean)
      .join(', '),
  ]);
  const all = [['Device', ...shown.map((id) => metricTexts[id].name), ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] as string).length))) as number[];
  return [
    `${text(first, 'macs')} MACs, ${text(first, 'params')} parameters`,
    ...all.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('  ')
        .trimEnd(),
    ),
  ];
}

async function qualityLine(opened: OpenedNetwork, given: InspectArguments): Promise<string> {
  const { summary } = opened;
  const task = given.task === null ? tasks.find(({ example }) => example.shape.join() === summary.input.shape.join()) : taskFor(given.task);
  if (!task)
    return `No quality: no task's examples have the shape [${summary.input.shape.join(', ')}]. Name one with --task whose --data have it.`;
  const dataset = await examplesFor(task, given);
  const examples = { task, dataset, ...(given.input && { scaling: given.input }) };
  const misfit = misfitOf(summary, examples);
  if (misfit !== null) return `No quality: ${said(misfit)}`;
  await startBackend('automatic', nodeBackends);
  const measured = await measureOpened(opened, examples, engine(nodeKernelsOn(null)), () => Promise.resolve()).catch(whyNone);
  if (typeof measured === 'string') return `No quality: ${measured}`;
  const { quality, scaling } = measured;
  const { label } = task.quality;
  return `${label} ${opened.numbers === 'int8' ? 'as int8' : 'with floats'} on ${counted(dataset.test.count, `test ${task.example.one}`, `test ${task.example.many}`)} of "${dataset.name}": ${qualityText(task.quality, quality)}; input ${scaling}${task.asks === 'classes' ? ', classes in the order of these examples' : ''}`;
}

/** The message where the examples cannot judge a network. What is shown of the file before stays true. */
function whyNone(error: unknown): string {
  if (error instanceof WorkbenchError && error.code === 'invalid-data') return error.message;
  throw error;
}

async function examplesFor(task: Task, { data, reading, test }: InspectArguments): Promise<Dataset> {
  const { counts } = task.builtIn;
  const testCount = test ?? counts.testCount;
  const read =
    data === 'embedded'
      ? task.builtIn.make(counts.trainCount, Math.max(testCount, counts.testCount))
      : await readExamplePath(data, { ...reading, task, variants: reading.variants ?? 1, randomSeed: 0 }, usualCache());
  // Drawn of each class, since the first built-in sounds are of one recording.
  return sampleDataset(read, { trainCount: read.train.count, testCount }, 0);
}
