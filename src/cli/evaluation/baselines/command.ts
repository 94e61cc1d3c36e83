/** `npm run -s evaluate -- --baselines`: searches against plain choices. Takes hours; resumes. */
import { wholeRange } from '../../../core/config/domain';
import { strategies } from '../../../core/strategies/index';
import { percent } from '../../../core/words';
import { imageClassification } from '../../../core/tasks/imageClassification';
import { readCommandLine } from '../../commandLine';
import type { Interruption } from '../../interruption';
import { jsonByLine } from '../../jsonByLine';
import { oneOf, readNumberIn } from '../../optionValue';
import { OutputFile } from '../../outputFile';
import { withoutOwn } from '../../sweep/engineOptions';
import type { ResultFile } from '../../sweep/folder';
import { examplesOf } from '../examples';
import { machineText } from '../machineText';
import { PlannedRuns } from '../plannedRun';
import { ENGINE_HELP, engineOptions, readRunChoice } from '../runChoice';
import { RESULTS_VERSION } from '../../../core/runs/resultsVersion';
import { savedResults } from '../savedResults';
import { budgets, offered } from './budgets';
import { baselinesPage } from './page';
import { chosenPairs, MOST_PAIRS } from './pairs';
import { isTrained, partKey, resumedPart, type Part } from './results';
import { outcomeOf, workOf } from './job';
import { readyJobs, spacesFor } from './schedule';

const HELP = `Compares every strategy with plain choices. Takes hours; may be stopped and started again.

npm run -s evaluate -- --baselines [--budget quick|longer] [--data embedded|PATH] [options]

  --budget NAME     quick: 1,600 pictures, six target pairs, five random seeds; longer: 4,000 pictures and more epochs,
                    three pairs, three seeds (default quick)
  --data PATH       your own, a folder, an archive or a file, see docs/data.md (default: embedded, the built-in pictures)
  --methods A,B,C   ids of strategies (default: ${strategies.map(({ id }) => id).join(',')})
  --pairs N         target pairs, at most ${MOST_PAIRS}: ${chosenPairs(MOST_PAIRS)
    .map(({ name }) => name)
    .join('; ')}
  --seeds N         random seeds
  --random N        random networks per pair and space (default 40)
  --most N          stop after so many trainings; 0 only writes the page
${ENGINE_HELP}
  --threads N       threads of each training (default: 1)
  --json FILE       where results are kept and found again (default docs/baselines.json)
  --page FILE       where the tables go (default: beside the JSON, ending in .md)
  --help            print this`;

const options = {
  baselines: { type: 'boolean', default: false },
  budget: { type: 'string', default: 'quick' },
  data: { type: 'string', default: 'embedded' },
  methods: { type: 'string' },
  pairs: { type: 'string' },
  seeds: { type: 'string' },
  random: { type: 'string', default: '40' },
  most: { type: 'string', default: '1000000' },
  ...engineOptions,
  json: { type: 'string', default: 'docs/baselines.json' },
  page: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** @throws WorkbenchError `invalid-setting` for results of another version, other data or other settings */
export async function compareBaselines(all: string[], interruption: Interruption): Promise<number> {
  const { args, own } = withoutOwn(all);
  const given = read(args);
  if (given.help) {
    console.log(HELP);
    return 0;
  }
  const choice = readRunChoice(given, own, interruption, { parallel: null, threads: 1 });
  const json = new OutputFile('--json', given.json);
  const page = new OutputFile('--page', given.page);
  const { usual: _, ...budget } = given.budget;
  const examples = await examplesOf({ task: imageClassification.id, data: given.data, train: budget.train, test: budget.test });
  const { dataset } = examples;
  const part = resumedPart(given.json, savedResults<Part>(given.json), {
    budget,
    data: { name: dataset.name, synthetic: dataset.synthetic, train: dataset.train.count, test: dataset.test.count },
    classes: dataset.classNames.length,
    preset: { ...imageClassification.presets.quick, epochs: budget.epochs },
    machine: machineText(),
    goal: given.goal,
    jobs: {},
  });
  const save = () => {
    // Read again, since another comparison may have added to its own part meanwhile.
    const { parts } = savedResults<Part>(given.json);
    const results = { resultsVersion: RESULTS_VERSION, parts: { ...parts, [partKey(part)]: part } };
    json.write(`${jsonByLine(results)}\n`);
    page.write(baselinesPage(results));
  };
  save();
  const spaces = spacesFor(part.classes);
  // The sitting may be about some of the strategies.
  const wanted = { ...part, goal: given.goal };
  const ready = () =>
    readyJobs(wanted, spaces).map(([key, job]) => ({
      ...workOf(job),
      keep: (file: ResultFile) => {
        const outcome = (part.jobs[key] = outcomeOf(job, file, spaces.of(job)));
        return `${key}: ${isTrained(outcome) ? percent(outcome.quality) : outcome.failed}`;
      },
    }));
  return (await new PlannedRuns(given.json, given.most, choice).run({ ready, save }, examples)) ? 0 : 1;
}

function read(args: string[]) {
  const { values } = readCommandLine({ args, options });
  const name = oneOf('--budget', values.budget, budgets.some((budget) => budget.name === values.budget) ? [values.budget] : offered);
  const budget = budgets.find((known) => known.name === name) as (typeof budgets)[number];
  const ids = strategies.map(({ id }) => id);
  const methods = values.methods?.split(',').map((method) => oneOf('--methods', method, ids)) ?? ids;
  const goal = {
    methods,
    pairs: values.pairs === undefined ? budget.usual.pairs : count('pairs', values.pairs, MOST_PAIRS),
    seeds: values.seeds === undefined ? budget.usual.seeds : count('seeds', values.seeds),
    random: count('random', values.random),
  };
  const page = values.page ?? values.json.replace(/(\.json)?$/, '.md');
  return { ...values, budget, goal, page, most: readNumberIn('--most', values.most, wholeRange(0, 2 ** 31 - 1)) };
}

function count(name: string, text: string, most = 2 ** 31 - 1): number {
  return readNumberIn(`--${name}`, text, wholeRange(1, most));
}
