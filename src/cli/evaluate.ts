/** `npm run -s evaluate -- [options]`: many searches over a grid of targets, methods and random seeds. Takes hours; resumes. */
import { wholeRange } from '../core/config/domain';
import { said } from '../core/language/told';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import { divide } from '../core/search/searchData';
import { imageClassification } from '../core/tasks/imageClassification';
import { readCommandLine } from './commandLine';
import { compareBaselines } from './evaluation/baselines/command';
import { examplesOf, type Examples } from './evaluation/examples';
import { randomSeeds } from './evaluation/grid';
import { writeHeadline } from './evaluation/headlineCommand';
import { evaluateInt8 } from './evaluation/int8/command';
import { machineText } from './evaluation/machineText';
import { missingTimed, missingUntimed, withoutTimes } from './evaluation/missing';
import { PlannedRuns } from './evaluation/plannedRun';
import { evaluationPage, type Evaluation } from './evaluation/report';
import { resumed } from './evaluation/resumed';
import { ENGINE_HELP, engineOptions, readRunChoice } from './evaluation/runChoice';
import { evaluateTasks } from './evaluation/tasks/command';
import { helpText } from './helpText';
import type { Interruption } from './interruption';
import { jsonByLine } from './jsonByLine';
import { readNumberIn } from './optionValue';
import { OutputFile } from './outputFile';
import { runProgram } from './program';
import { withoutOwn } from './sweep/engineOptions';

const HELP = `Evaluates the search over a grid of targets, methods and random seeds. Takes hours; may be stopped and started again.

npm run -s evaluate -- [--data embedded|PATH] [--train N] [--test N] [--most N] [--json FILE] [--page FILE]

  --data PATH   your own, a folder, an archive or a file, see docs/data.md (default: embedded, the built-in pictures)
  --train N     training pictures (default 1600)
  --test N      test pictures (default 500)
  --most N      stop after so many searches
${ENGINE_HELP}
  --threads N   threads of each search that is not timed (default 1)
  --json FILE   where results are kept and found again (default docs/evaluation.json)
  --page FILE   where the tables go (default: beside the JSON, ending in .md)
  --baselines   compare every strategy with plain choices instead (--baselines --help lists its options)
  --tasks       search for each of the paper's five tasks instead, on built-in and own data (--tasks --help lists its options)
  --int8 FILE   measure the found network of a run as int8 instead (with --help it lists its options)
  --headline FOLDER   write docs/headline.md from run files of searches at length instead
  --help        print this`;

async function main(all: string[], interruption: Interruption): Promise<number> {
  const { args, own } = withoutOwn(all);
  const given = read(args);
  if (given.help) {
    console.log(helpText(HELP));
    return 0;
  }
  const choice = readRunChoice(given, own, interruption, { parallel: null, threads: 1 });
  const json = new OutputFile('--json', given.json);
  const page = new OutputFile('--page', given.page);
  const examples = await examplesOf({ task: imageClassification.id, data: given.data, train: given.train, test: given.test });
  const { dataset } = examples;
  const preset = imageClassification.presets.quick;
  const [randomSeed] = randomSeeds;
  for (const warning of divide({ ...preset, task: imageClassification.id, randomSeed }, dataset, ['candidates']).warnings.map(said))
    console.error(`warning: ${warning}`);
  const machine = machineText();
  const data = { name: dataset.name, synthetic: dataset.synthetic, train: dataset.train.count, test: dataset.test.count };
  const evaluation = resumed(given.json, {
    resultsVersion: RESULTS_VERSION,
    data,
    machine,
    classes: dataset.classNames.length,
    preset,
    cells: {},
    seedNetworks: {},
    classic: {},
  });
  const save = () => {
    json.write(`${jsonByLine(evaluation)}\n`);
    page.write(evaluationPage(evaluation));
  };
  try {
    const runs = new PlannedRuns(given.json, given.most, choice);
    const well = (await timeAnew(evaluation, machine, runs, examples)) && (await runMissing(evaluation, machine, runs, { save, examples }));
    save();
    return well ? 0 : 1;
  } finally {
    // Printed in any case, so that the page is not lost when its file cannot be written.
    console.log(evaluationPage(evaluation));
  }
}

/** Runs what is missing: first what is timed, one after the other, then the others side by side. @returns whether nothing went wrong */
async function runMissing(
  evaluation: Evaluation,
  machine: string,
  runs: PlannedRuns,
  { save, examples }: { readonly save: () => void; readonly examples: Examples },
): Promise<boolean> {
  if (!(await runs.run({ ready: () => missingTimed(evaluation, machine), save }, examples, true))) return false;
  return runs.run({ ready: () => missingUntimed(evaluation), save }, examples);
}

/** Either all or none are timed anew, since times of two machines cannot be compared. @returns whether nothing went wrong */
async function timeAnew(evaluation: Evaluation, machine: string, runs: PlannedRuns, examples: Examples): Promise<boolean> {
  if (evaluation.machine === machine) return true;
  const retimed = withoutTimes(evaluation);
  const ready = () => missingTimed(retimed, machine);
  const needed = ready().length;
  const affordable = needed <= runs.left && runs.timesHere;
  console.error(
    `Timed on another machine (${evaluation.machine}). ${affordable ? 'Timing anew.' : `Its times stay: timing anew takes ${needed} searches here.`}`,
  );
  if (!affordable) return true;
  const well = await runs.run({ ready, save: () => {} }, examples, true);
  if (ready().length === 0) Object.assign(evaluation, retimed, { machine });
  return well;
}

const options = {
  data: { type: 'string', default: 'embedded' },
  train: { type: 'string', default: '1600' },
  test: { type: 'string', default: '500' },
  most: { type: 'string', default: '100000' },
  ...engineOptions,
  json: { type: 'string', default: 'docs/evaluation.json' },
  page: { type: 'string' },
  // Read before, but npm may have kept them for itself.
  baselines: { type: 'boolean', default: false },
  tasks: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function read(args: string[]) {
  const { values } = readCommandLine({ args, options });
  const page = values.page ?? values.json.replace(/(\.json)?$/, '.md');
  return { ...values, page, train: count('train', values.train), test: count('test', values.test), most: count('most', values.most) };
}

function count(name: string, text: string): number {
  return readNumberIn(`--${name}`, text, wholeRange(1, 2 ** 31 - 1));
}

runProgram((args, interruption) => {
  if (args.includes('--baselines')) return compareBaselines(args, interruption);
  if (args.includes('--tasks')) return evaluateTasks(args, interruption);
  if (args.includes('--int8')) return evaluateInt8(args);
  return args.includes('--headline') ? writeHeadline(args) : main(args, interruption);
});
