/** Runs one cell, or what is left of it, and writes its result. */
import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { heapBytes, readIntervalMs, type StartedBackend } from '../../backends/backend';
import type { nodeKernels } from '../../backends/nodeKernels';
import type { Dataset } from '../../core/data/dataset';
import { asWorkbenchError, WorkbenchError } from '../../core/errors';
import { identityOf } from '../../core/runs/checkpoint/checkpointFile';
import { ProgressMeter, type Progress } from '../../core/runs/progress';
import { RunRecorder } from '../../core/runs/runFile';
import { Search } from '../../core/runs/search';
import { statusOfResult, sweepCurves, type CellOutcome } from '../../core/runs/sweep/outcome';
import { trainedEvents, TrainingMeter } from '../../core/runs/sweep/training';
import { Journal } from '../../core/search/journal';
import { engine } from '../../training/engine';
import { CheckpointKeeper } from '../checkpointKeeper';
import { nodeEnvironment } from '../environment';
import type { Interruption } from '../interruption';
import type { Cell } from './cellMessages';
import type { ResultFile, SweepFolder } from './folder';

export interface CellHost {
  readonly folder: SweepFolder;
  readonly dataset: Dataset;
  readonly backend: StartedBackend;
  readonly kernels: typeof nodeKernels;
  readonly interruption: Interruption;
  readonly tell: (progress: Progress) => void;
}

/**
 * Where the cell has a result already, it ends at once.
 * @throws Interrupted when it was asked to end; its checkpoint is written by then. WorkbenchError for every failure that is no result.
 */
export async function runCell(cell: Cell, host: CellHost): Promise<void> {
  const { folder } = host;
  const { key } = cell;
  const path = folder.checkpoint(key);
  if (!folder.has(key)) folder.keep(await run(cell, host, path));
  rmSync(path, { force: true });
}

async function run({ key, config, train }: Cell, host: CellHost, path: string): Promise<ResultFile> {
  const { dataset, backend, kernels, interruption, tell } = host;
  const started = performance.now();
  const identity = identityOf(config, dataset, backend.name);
  const keeper = openKeeper(path);
  const found = keeper.foundFor(identity);
  const elapsedMs = () => (found?.search.elapsedMs ?? 0) + performance.now() - started;
  const recorder = new RunRecorder(found?.recorder);
  const meter = new ProgressMeter();
  const journal = new Journal(true, found?.search);
  const searchHost = {
    now: () => performance.now(),
    readIntervalMs: readIntervalMs(backend.name),
    heapBytes,
    pause: () => keeper.pause(interruption),
  };
  const controls = { targets: config.targets, revision: 0, eager: false };
  let search: Search | null = null;
  let trained = found !== null;
  const training = new TrainingMeter();
  const ended = (outcome: Omit<CellOutcome, 'key'>): ResultFile => {
    const file = recorder.file({
      config,
      dataset,
      environment: { ...nodeEnvironment(backend, kernels), host: process.env.SLURMD_NODENAME ?? hostname() },
      stopped: false,
    });
    // The outcome comes first, for those who look at the file.
    return { cell: { key, ...outcome }, ...file, series: sweepCurves(file.series) };
  };
  try {
    const made = (search = new Search(config, dataset, controls, { host: searchHost, ...engine(kernels) }, journal));
    const capture = async () => ({ ...identity, finished: made.result !== null, search: await made.capture(), recorder: recorder.state() });
    keeper.start({ capturable: () => made.capturable, capture }, controls);
    const events = train === undefined ? made.run() : trainedEvents(made, train, dataset.classNames.length);
    for await (const event of events) {
      recorder.add(event);
      training.add(event);
      meter.add(event);
      trained ||= event.kind === 'step';
      if (event.kind === 'step' && meter.progress) tell(meter.progress);
    }
    const seedEpochMacs = made.epochMacs(made.space.seed);
    if (train !== undefined)
      return ended({ status: 'trained', reason: null, totalMs: elapsedMs(), seedEpochMacs, trained: training.network() });
    const { result } = made;
    if (!result) throw new WorkbenchError('internal', 'The search ended without a result.');
    return ended({ status: statusOfResult(result), reason: null, totalMs: result.timing.totalMs, seedEpochMacs });
  } catch (error) {
    const { code, message } = asWorkbenchError(error);
    const without = { reason: message, totalMs: elapsedMs() };
    if (code === 'infeasible-targets') return ended({ status: trained ? 'cannot' : 'infeasible', ...without });
    // It would diverge again, since the same seed gives the same numbers.
    if (code === 'loss-not-finite') return ended({ status: 'diverged', ...without });
    throw error;
  } finally {
    keeper.close();
    search?.dispose();
  }
}

/** A checkpoint that cannot be read, such as one of a full disk, is removed: the cell starts anew. */
function openKeeper(path: string): CheckpointKeeper {
  try {
    return new CheckpointKeeper(path, []);
  } catch (error) {
    if (asWorkbenchError(error).code !== 'invalid-data') throw error;
    console.error(`${asWorkbenchError(error).message} The cell starts anew.`);
    rmSync(path, { force: true });
    return new CheckpointKeeper(path, []);
  }
}
