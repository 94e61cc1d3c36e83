/** Takes runs from files of a person: run files, or a ZIP file that holds some. Nothing of them is run, and all of it is checked. */
import * as v from 'valibot';
import { asWorkbenchError, WorkbenchError } from '../core/errors';
import { sayLater, type Told } from '../core/language/told';
import { BoundedSeries, type Series } from '../core/runs/boundedSeries';
import { readRunFile } from '../core/runs/readRunFile';
import { RunRecorder, type RunFile } from '../core/runs/runFile';
import type { MetricId } from '../core/cost/metrics';
import type { SearchEvent } from '../core/search/events';
import { taskFor } from '../core/tasks/index';
import type { NamedFile } from '../importers/exampleImporter';
import { openFiles, type PickedFile } from '../importers/openFiles';
import { summaryOf, type RunRecord } from '../keep/keptRun';
import { isFull, type KeptParts, type RunStorage } from '../keep/runStorage';
import { checkpointBeside, INDEX, INDEX_VERSION, type TakenRun } from '../keep/takeAlong';
import type { RunImportProgress } from '../protocol/protocol';
import { checkpointFor } from './importedCheckpoint';
import { newRunId } from './runKeeper';

/** More than any run file has, whose curves are bounded. */
const MOST_BYTES = 64e6;
/** The most runs of one import. */
const MOST_RUNS = 5000;

/** Runs that are written at once: so many, or with so many bytes of files. */
const GROUP_RUNS = 100;
const GROUP_BYTES = 16e6;
/** Of a run's name. */
const MOST_LETTERS = 100;

const indexSchema = v.object({
  // Early lists say no version.
  version: v.exactOptional(v.literal(INDEX_VERSION)),
  runs: v.array(
    v.object({
      file: v.string(),
      name: v.pipe(v.string(), v.maxLength(MOST_LETTERS)),
      note: v.pipe(v.string(), v.maxLength(2000)),
      starred: v.boolean(),
      started: v.pipe(v.number(), v.finite()),
    }),
  ),
});

/** Milliseconds between two words about how far an import is. */
const TELL_EVERY_MS = 100;

/**
 * Takes runs from run files, and from ZIP files of them, each with the names and notes that its own list gives.
 * @param picked by a person, by themselves or with a folder, whose name its files have in their paths
 * @param tell is told how many files have been looked at
 * @returns how many runs were taken, and a sentence for each file that was not
 * @throws WorkbenchError `invalid-data` when nothing can be taken, with the first reason
 */
export async function importRuns(
  picked: readonly PickedFile[],
  storage: RunStorage,
  tell: (progress: RunImportProgress) => void = () => {},
): Promise<{ taken: number; problems: Told[] }> {
  const problems: Told[] = [];
  const files = await opened(picked, problems);
  const ofKind = (kind: ReturnType<typeof kindOf>) => files.filter(({ name }) => kindOf(name) === kind);
  const [indices, others] = [ofKind('index'), ofKind('other')];
  const checkpoints = new Map(ofKind('checkpoint').map((file) => [file.name, file]));
  if (others.length > MOST_RUNS)
    throw new WorkbenchError(
      'invalid-data',
      sayLater('There are {count} files, and at most {most} runs are imported at once. Choose fewer.', {
        count: String(others.length),
        most: String(MOST_RUNS),
      }),
    );
  const said = new Map<string, Said>(others.flatMap(({ name }) => saidByFolder(name)));
  for (const index of indices) for (const run of await readIndex(index, problems)) said.set(`${folderOf(index.name)}${run.file}`, run);
  let [taken, told] = [0, -Infinity];
  let group: Group = [];
  // A transaction and a word to all pages cost more than a run.
  const write = async () => {
    const [names, runs] = [group.map(({ name }) => name), group.map(({ run }) => run)];
    group = [];
    if (runs.length === 0) return;
    try {
      await storage.writeAll(runs);
      taken += runs.length;
    } catch (error) {
      const why = isFull(error)
        ? sayLater(
            'The browser has no room left for it. Delete kept runs or prepared examples, or free room on this machine, and import it again.',
          )
        : asWorkbenchError(error).told;
      problems.push(...names.map((name) => ofFile(name, why)));
    }
  };
  for (const [done, file] of others.entries()) {
    if (performance.now() - told >= TELL_EVERY_MS) {
      tell({ done, total: others.length });
      told = performance.now();
    }
    try {
      const beside = checkpoints.get(checkpointBeside(file.name));
      checkpoints.delete(checkpointBeside(file.name));
      const run = await readOne(file);
      const checkpoint = beside ? await checkpointOr(run, beside, problems) : null;
      group.push({ name: file.name, size: file.size + (checkpoint?.length ?? 0), run: partsOf(run, said.get(file.name), checkpoint) });
    } catch (error) {
      problems.push(ofFile(file.name, asWorkbenchError(error).told));
    }
    if (group.length >= GROUP_RUNS || group.reduce((sum, { size }) => sum + size, 0) >= GROUP_BYTES) await write();
  }
  await write();
  for (const name of checkpoints.keys())
    problems.push(
      sayLater('{name} is a checkpoint without its run file, which has the same name and ends in .json. Choose both.', { name }),
    );
  if (taken === 0)
    throw new WorkbenchError(
      'invalid-data',
      problems[0] ?? sayLater('There is no run file among these files. Choose a file that Runs or “Download run” has saved.'),
    );
  return { taken, problems };
}

/** Archives opened, each with its name as the folder of its files where other files were picked too. A damaged one is passed over. */
async function opened(picked: readonly PickedFile[], problems: Told[]): Promise<NamedFile[]> {
  const isArchive = ({ path }: PickedFile) => /\.zip$/i.test(path);
  const others = picked.filter((file) => !isArchive(file));
  const files = others.length > 0 ? await openFiles(others) : [];
  for (const archive of picked.filter(isArchive)) {
    const folder = picked.length > 1 ? `${archive.path.replace(/\.zip$/i, '')}/` : '';
    try {
      files.push(...(await openFiles([archive])).map((file) => ({ ...file, name: `${folder}${file.name}` })));
    } catch (error) {
      problems.push(asWorkbenchError(error).told);
    }
  }
  return files;
}

const ofFile = (name: string, why: Told) => sayLater('{name}: {why}', { name, why });
const kindOf = (path: string) => (nameOf(path) === INDEX ? 'index' : /\.checkpoint$/i.test(path) ? 'checkpoint' : 'other');
const nameOf = (path: string) => path.split('/').at(-1) as string;
const folderOf = (path: string) => path.slice(0, path.length - nameOf(path).length);

/** Runs that wait to be written, with their files. */
type Group = { readonly name: string; readonly size: number; readonly run: RunToWrite }[];
type RunToWrite = Parameters<RunStorage['writeAll']>[0][number];

/** What is said of a run: by the list that came with it, or by where it lay. */
type Said = Pick<TakenRun, 'name'> & Partial<TakenRun>;

/** Cells of a sweep are named by a hash, which tells people nothing. */
const HASH = /^[\da-f]{32}$/;

/** A run in folders is called by those below the first, and its file: "Ana/pit" of "class/Ana/pit.json". */
function saidByFolder(path: string): [string, Said][] {
  const [, ...below] = path.replace(/\.json$/i, '').split('/');
  if (below.length === 0 || HASH.test(below.at(-1) as string)) return [];
  return [[path, { name: below.join('/').slice(-MOST_LETTERS) }]];
}

async function readOne(file: NamedFile): Promise<RunFile> {
  const run = readRunFile(await textOf(file));
  if (run.cell?.status === 'trained')
    throw new WorkbenchError('invalid-data', sayLater('It is the training of a network without a search. Choose run files of searches.'));
  return run;
}

/** Without its weights a run can still be looked at, so then there is only a problem more. */
async function checkpointOr(run: RunFile, file: NamedFile, problems: Told[]): Promise<Uint8Array | null> {
  try {
    return await checkpointFor(run, file);
  } catch (error) {
    problems.push(asWorkbenchError(error).told);
    return null;
  }
}

async function textOf(file: NamedFile): Promise<string> {
  const { name, size } = file;
  if (size > MOST_BYTES)
    throw new WorkbenchError(
      'invalid-data',
      sayLater('It has {size} bytes, which no run file has. Choose a file that the workbench saved.', { size: String(size) }),
    );
  if (!/\.json$/i.test(name))
    throw new WorkbenchError('invalid-data', sayLater('It is no .json file. Choose run files, or a .zip file of them.'));
  return new TextDecoder().decode(await file.bytes());
}

async function readIndex(file: NamedFile, problems: Told[]): Promise<readonly TakenRun[]> {
  try {
    return v.parse(indexSchema, JSON.parse(await textOf(file))).runs;
  } catch {
    problems.push(ofFile(file.name, sayLater('The names and notes in it cannot be read, so the runs come without them.')));
    return [];
  }
}

function partsOf(file: RunFile, said: Said | undefined, checkpoint: Uint8Array | null): RunToWrite {
  const id = newRunId();
  const { config, result, environment, dataFingerprint, stopped } = file;
  const { data, ...settings } = config;
  const recorder = new RunRecorder({ series: statesOf(file.series), columns: [], warnings: file.warnings, validation: '' });
  // Those that were in force at the end.
  const { targets, revision } = targetEvents(file.series).at(-1) ?? { targets: config.targets, revision: 0 };
  const step = Math.max(0, ...Object.values(file.series).map((series) => series.step.at(-1) ?? 0));
  const record: RunRecord = {
    id,
    config: settings,
    data,
    dataFingerprint,
    environment,
    controls: { targets, revision },
    recorder: recorder.state(),
    told: told(file, step),
    result,
    error: file.cell?.reason ?? null,
  };
  const { name, synthetic, trainCount, testCount } = data;
  const summary: KeptParts['summary'] = {
    id,
    started: said?.started ?? Date.now(),
    changed: Date.now(),
    state: result ? 'finished' : file.cell ? 'failed' : 'stopped',
    task: config.task,
    method: config.method,
    device: config.device,
    backend: String(environment.backend ?? 'unknown'),
    randomSeed: config.randomSeed,
    data: { name, synthetic, trainCount, testCount },
    step,
    steps: stopped ? null : step,
    ...summaryOf(result, config.targets),
    // What goes on from the weights of others is another run, so that this one stays as it came.
    furthered: checkpoint !== null,
    imported: true,
  };
  const label = said ? { id, name: said.name, note: said.note ?? '', starred: said.starred ?? false, deleted: null } : null;
  return { summary, record, checkpoint, label };
}

function statesOf(curves: RunFile['series']) {
  const stateOf = ({ step, value }: Series) => {
    const series = new BoundedSeries();
    step.forEach((at, index) => series.add(at, value[index] as number));
    return series.state();
  };
  return Object.fromEntries(Object.entries(curves).map(([name, series]) => [name, stateOf(series)]));
}

/** What the run would have told, as far as its file says: it does not say where phases began. */
function told({ config, series, warnings, result }: RunFile, last: number): SearchEvent[] {
  const validation = knownValidation(config.task);
  const names = Object.keys(series).filter((name) =>
    /^(trainLoss|trainQuality|penalty|cost|appliedStrength|weight|channels)(\/|$)/.test(name),
  );
  const own = (name: string) => (name === 'trainLoss' ? 'taskLoss' : name === 'trainQuality' ? validation : name);
  const targets = targetEvents(series);
  const epochs = (series.validationQuality?.step ?? []).map((step, index): SearchEvent => {
    const [validationQuality, validationLoss] = [series.validationQuality?.value[index], series.validationLoss?.value[index]].map(
      (value) => value ?? NaN,
    );
    return {
      kind: 'epoch',
      phase: 'search',
      epoch: index + 1,
      step,
      trainLoss: NaN,
      trainQuality: null,
      validationLoss: validationLoss as number,
      validationQuality: validationQuality as number,
    };
  });
  const timed = [...targets, ...epochs, ...pullEvents(series)].toSorted((a, b) => ('step' in a ? a.step : 0) - ('step' in b ? b.step : 0));
  return [
    { kind: 'started', phases: [{ phase: 'search', epochs: 1, stepsPerEpoch: last, macs: 0 }], seedCosts: {}, warnings, validation },
    { kind: 'phase', phase: 'search', metricNames: names.map(own), implementation: '' },
    ...timed,
    ...(result ? [{ kind: 'result' as const, step: last, result: { ...result, trainedMacs: result.trainedMacs ?? NaN } }] : []),
  ];
}

function knownValidation(task: string): string {
  try {
    return taskFor(task).validation.id;
  } catch {
    return '';
  }
}

/** How the architecture was pulled at; a mean counts for the steps since the one before. */
function pullEvents(series: RunFile['series']): SearchEvent[] {
  return Object.entries(series).flatMap(([name, { step, value }]) => {
    if (!name.startsWith('pull/task/')) return [];
    const of = [name.slice('pull/task/'.length)];
    const penalty = series[`pull/penalty/${of[0]}`]?.value ?? [];
    return step.map((at, index): SearchEvent => {
      const steps = at - (step[index - 1] ?? 0);
      return { kind: 'pulls', phase: 'search', step: at, steps, of, task: [value[index] ?? NaN], penalty: [penalty[index] ?? NaN] };
    });
  });
}

/** Where targets moved. */
function targetEvents(series: RunFile['series']): Extract<SearchEvent, { kind: 'targets' }>[] {
  const moves = new Map<number, Record<string, number>>();
  for (const [name, { step, value }] of Object.entries(series))
    if (name.startsWith('target/'))
      step.forEach((at, index) => moves.set(at, { ...moves.get(at), [name.slice('target/'.length)]: value[index] as number }));
  let targets: Partial<Record<MetricId, number>> = {};
  return [...moves]
    .toSorted(([a], [b]) => a - b)
    .map(([step, moved], index) => {
      targets = { ...targets, ...moved };
      return { kind: 'targets', revision: index, step, targets, strengths: null, shortfall: null };
    });
}
