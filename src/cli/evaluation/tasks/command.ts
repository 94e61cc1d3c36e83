/** `npm run -s evaluate -- --tasks`: searches for each of the paper's tasks. Takes minutes to hours; resumes. */
import { nodeKernels } from '../../../backends/nodeKernels';
import { wholeRange } from '../../../core/config/domain';
import { taskFor, tasks, type Task } from '../../../core/tasks/index';
import { tinyImageNet } from '../../../core/tasks/tinyImageNet';
import { readCommandLine } from '../../commandLine';
import { counted } from '../../../core/words';
import { usageError } from '../../exit';
import { helpText } from '../../helpText';
import type { Interruption } from '../../interruption';
import { jsonByLine } from '../../jsonByLine';
import { oneOf, readNumberIn } from '../../optionValue';
import { OutputFile } from '../../outputFile';
import { withoutOwn } from '../../sweep/engineOptions';
import { examplesOf, type ExampleChoice } from '../examples';
import { machineText } from '../machineText';
import { RESULTS_VERSION } from '../../../core/runs/resultsVersion';
import { PlannedRuns } from '../plannedRun';
import { ENGINE_HELP, engineOptions, readRunChoice } from '../runChoice';
import { savedResults } from '../savedResults';
import { tasksPage } from './page';
import { partFor, partKey, type TaskPart } from './parts';
import { missingIn } from './missing';

/** Tasks that are evaluated on their built-in data; a step of the full Tiny ImageNet takes seconds, so it needs a person's own data. */
const builtIn = tasks.filter((task) => task !== tinyImageNet);

const HELP = `Trains the seed network of each task and searches from it, with the preset "quick". Takes minutes to hours; may be stopped and started again.

npm run -s evaluate -- --tasks [--only TASK,...] [--data TASK=PATH ...] [options]

  --only TASKS      tasks of this sitting (default: ${builtIn.map(({ id }) => id).join(',')} on built-in data, and those that --data names)
  --data TASK=PATH  also your own data: a folder, an archive or a file, see docs/data.md; may be given several times; ${tinyImageNet.id} runs only so
  --train N, --test N   examples to use at most (default: all of your own; of built-in ones as many as in a search)
  --seeds N         random seeds (default 1)
  --most N          stop after so many trainings; 0 only writes the page
  --threads N       threads that train; results are the same on any number (default: all that are of use)
${ENGINE_HELP}
  --untimed         other work runs on this machine: keep no times; a sitting without it runs again what has none
  --json FILE       where results are kept and found again (default docs/evaluation-tasks.json)
  --page FILE       where the tables go (default: beside the JSON, ending in .md)
  --help            print this`;

const options = {
  tasks: { type: 'boolean' },
  only: { type: 'string' },
  data: { type: 'string', multiple: true, default: [] as string[] },
  train: { type: 'string' },
  test: { type: 'string' },
  seeds: { type: 'string', default: '1' },
  most: { type: 'string', default: '1000000' },
  ...engineOptions,
  untimed: { type: 'boolean', default: false },
  json: { type: 'string', default: 'docs/evaluation-tasks.json' },
  page: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** @throws WorkbenchError `invalid-setting` for results of another version, other data or other settings */
export async function evaluateTasks(all: string[], interruption: Interruption): Promise<number> {
  const { args, own } = withoutOwn(all);
  const given = read(args);
  if (given.help) {
    console.log(helpText(HELP));
    return 0;
  }
  const choice = readRunChoice(given, own, interruption, { parallel: 1, threads: nodeKernels.threads });
  const timed = !given.untimed && !choice.slurm;
  if (timed && choice.parallel !== 1) throw usageError('--parallel needs --untimed, since trainings side by side slow each other down');
  const json = new OutputFile('--json', given.json);
  const page = new OutputFile('--page', given.page);
  const save = (changed?: TaskPart) => {
    // Read again, since another sitting may have added to its own part meanwhile.
    const { parts } = savedResults<TaskPart>(given.json);
    const results = {
      resultsVersion: RESULTS_VERSION,
      parts: changed ? { ...parts, [partKey(taskFor(changed.task), changed.data)]: changed } : parts,
    };
    json.write(`${jsonByLine(results)}\n`);
    page.write(tasksPage(results));
  };
  save();
  const runs = new PlannedRuns(given.json, given.most, choice);
  const timedOn = timed ? `${machineText()}, ${counted(choice.threads, 'thread', 'threads')}` : null;
  let well = true;
  for (const place of given.examples) {
    if (runs.left === 0 || interruption.reason !== null) break;
    const examples = await examplesOf(place);
    const part = partFor(given.json, savedResults(given.json), taskFor(place.task), examples.dataset);
    const need = { ready: () => missingIn(part, given.seeds, timedOn), save: () => save(part) };
    well = (await runs.run(need, examples)) && well;
  }
  console.error(`${given.page} is written.`);
  return well ? 0 : 1;
}

function read(args: string[]) {
  const { values } = readCommandLine({ args, options });
  const count = (name: string, text: string, least = 1, most = 2 ** 31 - 1) => readNumberIn(`--${name}`, text, wholeRange(least, most));
  const limits = {
    train: values.train === undefined ? null : count('train', values.train),
    test: values.test === undefined ? null : count('test', values.test),
  };
  const own = values.data.map(ownData);
  const known = [...new Set([...builtIn, ...own.map(({ task }) => task)])].map(({ id }) => id);
  const only = values.only?.split(',').map((id) => oneOf('--only', id, known)) ?? known;
  const choices = [
    ...builtIn.map((task) => choiceOf(task, 'embedded', limits)),
    ...own.map(({ task, path }) => choiceOf(task, path, limits)),
  ];
  return {
    ...values,
    page: values.page ?? values.json.replace(/(\.json)?$/, '.md'),
    examples: choices.filter(({ task }) => only.includes(task)),
    seeds: count('seeds', values.seeds),
    most: count('most', values.most, 0),
  };
}

/** @throws WorkbenchError `invalid-setting` unless a known task stands before the first "=" and a path behind it */
function ownData(text: string): { readonly task: Task; readonly path: string } {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw usageError(`--data takes TASK=PATH here, such as kws=speech_commands.tar.gz, not "${text}"`);
  return { task: taskFor(text.slice(0, at)), path: text.slice(at + 1) };
}

function choiceOf(task: Task, data: string, { train, test }: Record<'train' | 'test', number | null>): ExampleChoice {
  const { trainCount, testCount } = data === 'embedded' ? task.builtIn.counts : { trainCount: Infinity, testCount: Infinity };
  return { task: task.id, data, train: train ?? trainCount, test: test ?? testCount };
}
