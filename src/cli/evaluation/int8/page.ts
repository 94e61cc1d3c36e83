/** The evaluation of int8 networks as Markdown. */
import { markdownTable, wrapMarkdown } from '../../../core/markdown';
import { taskFor, tasks } from '../../../core/tasks/index';
import { qualityText } from '../../../core/tasks/task';
import { counted } from '../../../core/words';
import type { Int8Part, Int8Results } from './parts';

export function int8Page({ parts }: Int8Results): string {
  const ordered = Object.values(parts).toSorted((a, b) => rank(a) - rank(b) || a.network.parameters - b.network.parameters);
  return wrapMarkdown(`# Networks as int8

This page shows how good found networks are as int8, quantised after training and with quantisation-aware training.

\`npm run -s evaluate -- --int8 RUN.json\` measures the network of a run file and adds its row, whatever version of the search has found it.

Qualities are those on the test examples: accuracy, and for \`ad\` the area under the ROC curve (AUC). "After" is the network quantised as it is. Ranges hold all values of 200 training examples. "Aware" is what \`export --quantise aware\` writes: the epoch that is best on the validation examples, or 0 where quantising at once was. Since the network learns on, the difference holds what more training alone would give. A step's time is the median, on a machine that may have had other work.

## Results

${ordered.length > 0 ? table(ordered) : 'Nothing has been measured yet.'}

${ordered.map(dataText).join('\n')}
`);
}

const rank = ({ task }: Int8Part) => tasks.findIndex(({ id }) => id === task);

const table = (parts: readonly Int8Part[]) =>
  markdownTable(
    [
      'task',
      'data',
      'method',
      'weights',
      'floats',
      'after',
      'after − floats',
      'aware',
      'aware − after',
      'epoch kept',
      'step',
      'model.tflite',
      'activations',
    ],
    parts.map(({ task, data, network, quality, epochs, keptEpoch, stepMs, fileBytes, arenaBytes }) => {
      const measure = taskFor(task).quality;
      return [
        task,
        data.synthetic ? 'built-in' : data.name,
        network.method,
        network.parameters.toLocaleString('en'),
        ...[quality.float, quality.after].map((value) => qualityText(measure, value)),
        differenceText(measure.unit, quality.after - quality.float),
        qualityText(measure, quality.aware),
        differenceText(measure.unit, quality.aware - quality.after),
        `${keptEpoch} of ${epochs}`,
        `${stepMs.toFixed(0)} ms`,
        ...[fileBytes, arenaBytes].map((bytes) => `${bytes.toLocaleString('en')} B`),
      ];
    }),
  ).join('\n');

function differenceText(unit: string, difference: number): string {
  const size = Math.abs(difference);
  const sign = difference < 0 ? '−' : '+';
  return unit === '%' ? `${sign}${(100 * size).toFixed(1)} points` : `${sign}${size.toFixed(3)}`;
}

function dataText({ task: id, data, network, quality, stepsPerEpoch }: Int8Part): string {
  const task = taskFor(id);
  const { one, many } = task.example;
  const error =
    task.asks === 'classes'
      ? ` An accuracy has a standard error of ${(100 * Math.sqrt((quality.after * (1 - quality.after)) / data.test)).toFixed(1)} points.`
      : '';
  return `- \`${id}\`, ${data.name}${data.synthetic ? ' (synthetic)' : ''}, ${network.method}, ${network.parameters.toLocaleString('en')} weights, random seed ${network.randomSeed}: ${counted(data.train, `training ${one}`, `training ${many}`)}, of which an epoch is ${stepsPerEpoch} steps, and ${counted(data.test, `test ${one}`, `test ${many}`)}.${error}`;
}
