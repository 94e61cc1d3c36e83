/** The evaluation of tasks as Markdown. */
import { COMPONENTS } from '../../../core/data/linearAutoencoder';
import { markdownTable, wrapMarkdown } from '../../../core/markdown';
import { counted, percent } from '../../../core/words';
import { taskFor, tasks, type Task } from '../../../core/tasks/index';
import { isBetter, qualityText } from '../../../core/tasks/task';
import { mean, standardError } from '../baselines/statistics';
import { resultsText } from '../../../core/runs/resultsVersion';
import type { Found, Outcome } from '../trainings';
import { methodsFor, SHARES, type TaskPart, type TaskResults, type Timed } from './parts';

/** One task, data set and method, with all its random seeds. */
interface Row {
  readonly task: Task;
  readonly part: TaskPart;
  readonly method: string;
  readonly outcomes: readonly Timed<Outcome>[];
  readonly found: readonly Timed<Found>[];
  readonly seeds: readonly number[];
}

export function tasksPage({ resultsVersion, parts }: TaskResults): string {
  const ordered = Object.values(parts).toSorted((a, b) => rank(a) - rank(b));
  const rows = ordered.flatMap(rowsOf);
  return wrapMarkdown(`# The tasks

This page shows what searches find for each task of the paper. \`npm run -s evaluate -- --tasks\` makes it and goes on where it stopped. Each task has
built-in data, and \`--data TASK=PATH\` adds real data.

${resultsText(resultsVersion)}

The preset is quick and the device GAP8. Every search may use at most ${100 * SHARES.flashBytes} % of the seed network's memory and
${100 * SHARES.latencyMs} % of its latency. The seed network is trained for as many epochs as each search, though those of a supernet train all
candidates, which is several times the work. Qualities are those on the test examples: accuracy, and for \`ad\` the area under the ROC curve (AUC),
the mean of all machines. Chance is the share of the most frequent class in the test, for an AUC 0.5; linear is a logistic regression (40 steps
of gradient descent) on the same features, without augmentation${autoencoderText(rows)}. Out of reach means that no network of the space meets the targets, which the
search says before it trains.

## Results

${rows.length > 0 ? resultTable(rows) : 'Nothing has been measured yet.'}

${timeText(rows)}

## Where searches lose

${losses(rows)}

## The data

${ordered.map(dataText).join('\n') || 'None yet.'}
`);
}

/** What the linear figures of tasks are that ask for the input, where there are some. */
function autoencoderText(rows: readonly Row[]): string {
  const tasksOf = rows.filter(({ task, part }) => task.asks === 'input' && part.linear !== null).map(({ task }) => `\`${task.id}\``);
  return tasksOf.length > 0
    ? `; for ${[...new Set(tasksOf)].join(', ')} it is a linear autoencoder: the error beside the first ${COMPONENTS} principal components of the training examples`
    : '';
}

/** Tasks in the order of their list, built-in data first. */
const rank = ({ task, data }: TaskPart) => 2 * tasks.findIndex(({ id }) => id === task) + (data.synthetic ? 0 : 1);

function rowsOf(part: TaskPart): Row[] {
  const task = taskFor(part.task);
  return methodsFor(task).map((method) => {
    const outcomes = Object.entries(part.searches).flatMap(([key, outcome]) => (key.split(' ')[0] === method ? [outcome] : []));
    const found = outcomes.filter((outcome): outcome is Timed<Found> => 'quality' in outcome);
    return { task, part, method, outcomes, found, seeds: Object.values(part.seedNetworks).map(({ quality }) => quality) };
  });
}

function resultTable(rows: readonly Row[]): string {
  const timed = rows.some(({ found }) => found.some(({ timedOn }) => timedOn !== null));
  const head = ['task', 'data', 'method', 'chance', 'linear', 'seed network', 'found', 'difference', 'memory', 'latency', 'targets met'];
  return markdownTable(
    [...head, ...(timed ? ['search, s'] : [])],
    rows.map((row) => {
      const { task, part, method, found, seeds } = row;
      const qualities = found.map(({ quality }) => quality.final);
      const times = found.flatMap(({ timedOn, totalMs }) => (timedOn === null ? [] : [totalMs / 1000]));
      const difference = differenceOf(row);
      return [
        task.id,
        part.data.synthetic ? 'built-in' : part.data.name,
        method,
        qualityText(task.quality, part.chance),
        part.linear === null ? '' : qualityText(task.quality, part.linear),
        meanText(task, seeds),
        meanText(task, qualities),
        difference === null ? '' : differenceText(task, difference),
        shareText(row, 'flashBytes'),
        shareText(row, 'latencyMs'),
        metText(row),
        ...(timed ? [times.length > 0 ? mean(times).toFixed(0) : ''] : []),
      ];
    }),
  ).join('\n');
}

function metText({ outcomes, found }: Row): string {
  if (outcomes.length === 0) return 'not run yet';
  if (outcomes.every(({ status }) => status === 'infeasible')) return 'out of reach';
  return `${found.filter(({ status }) => status === 'met').length} of ${outcomes.length}`;
}

/** Mean over random seeds, and from two on its standard error. */
function meanText({ quality }: Task, values: readonly number[]): string {
  if (values.length === 0) return '';
  const error = standardError(values);
  return `${qualityText(quality, mean(values))}${error === null ? '' : ` ± ${quality.unit === '%' ? (100 * error).toFixed(1) : error.toFixed(3)}`}`;
}

/** The found networks' mean quality minus the seed network's; null before both are known. */
function differenceOf({ found, seeds }: Row): number | null {
  return found.length === 0 || seeds.length === 0 ? null : mean(found.map(({ quality }) => quality.final)) - mean(seeds);
}

function differenceText({ quality }: Task, difference: number): string {
  const [size, unit] = quality.unit === '%' ? [(100 * Math.abs(difference)).toFixed(1), ' points'] : [Math.abs(difference).toFixed(3), ''];
  return `${difference < 0 && Number(size) > 0 ? '−' : '+'}${size}${unit}`;
}

function shareText({ found, part }: Row, metric: 'flashBytes' | 'latencyMs'): string {
  if (found.length === 0) return '';
  return percent(mean(found.map(({ costs }) => (costs[metric] as number) / (part.seedCosts[metric] as number))));
}

function timeText(rows: readonly Row[]): string {
  const found = rows.flatMap((row) => row.found);
  const machines = [...new Set(found.flatMap(({ timedOn }) => timedOn ?? []))];
  const untimed = found.some(({ timedOn }) => timedOn === null);
  const sentences = [
    "Memory and latency are shares of the seed network's.",
    machines.length > 0 ? `Times are of whole searches, on ${machines.join('; and on ')}.` : '',
    untimed
      ? `${machines.length > 0 ? 'Searches without a time' : 'Searches'} ran beside other work, which would have made their times too long.`
      : '',
  ];
  return sentences.filter(Boolean).join(' ');
}

/** Every search that found nothing or a network that missed a target, and every mean below the seed network's or a linear baseline's. */
function losses(rows: readonly Row[]): string {
  const items = rows.flatMap((row) => {
    const { task, part, method, outcomes, found, seeds } = row;
    const where = `\`${task.id}\`, ${part.data.name}, ${method}`;
    const difference = differenceOf(row);
    const below = difference !== null && difference !== 0 && !isBetter(task.quality, difference, 0);
    const finals = found.map(({ quality }) => quality.final);
    const baseline = `below the linear ${task.asks === 'classes' ? 'classifier' : 'autoencoder'}`;
    const linear = part.linear !== null && finals.length > 0 && mean(finals) < part.linear;
    return [
      ...outcomes.flatMap((outcome) => ('reason' in outcome ? [`${where}: found no network. ${outcome.reason}`] : [])),
      ...found.flatMap(({ status }) => (status === 'missed' ? [`${where}: the found network misses a target`] : [])),
      ...(below ? [`${where}: ${differenceText(task, difference)} beside the seed network`] : []),
      ...(linear ? [`${where}: ${baseline}`] : []),
      ...(method === 'pit' && part.linear !== null && seeds.length > 0 && mean(seeds) < part.linear
        ? [`\`${task.id}\`, ${part.data.name}, seed network: ${baseline}`]
        : []),
    ];
  });
  return items.length > 0 ? items.map((item) => `- ${item}`).join('\n') : 'Nowhere in what has been measured.';
}

function dataText({ task: id, data, seedNetworks }: TaskPart): string {
  const task = taskFor(id);
  const { one, many } = task.example;
  const qualities = Object.values(seedNetworks).map(({ quality }) => quality);
  const accuracy = task.asks === 'classes' && qualities.length > 0 ? mean(qualities) : null;
  const error =
    accuracy === null
      ? ''
      : ` A single accuracy has a standard error of ${(100 * Math.sqrt((accuracy * (1 - accuracy)) / data.test)).toFixed(1)} points.`;
  const tests = data.synthetic ? '' : ` ${data.split ?? 'The files themselves say which examples test.'}`;
  return `- \`${id}\`, ${data.name}${data.synthetic ? ' (synthetic)' : ''}: ${data.classes} classes, ${counted(data.train, `training ${one}`, `training ${many}`)} and ${counted(data.test, `test ${one}`, `test ${many}`)}.${tests}${error}`;
}
