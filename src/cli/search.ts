/** `npm run -s search -- [options]`: one search without a browser. Progress on stderr, the result on stdout. */
import { heapBytes, readIntervalMs, startBackend } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { nodeKernelsOn } from '../backends/nodeKernels';
import { WorkbenchError } from '../core/errors';
import { identityOf } from '../core/runs/checkpoint/checkpointFile';
import { RunRecorder } from '../core/runs/runFile';
import type { WeightsFile } from '../core/runs/weightsFile';
import { Search } from '../core/runs/search';
import type { SearchConfig } from '../core/config/searchConfig';
import { Journal } from '../core/search/journal';
import { searchSpace } from '../core/search/space';
import { searchesOf, strategyFor } from '../core/strategies/index';
import { taskFor } from '../core/tasks/index';
import { engine } from '../training/engine';
import { HELP, readSearchArguments } from './arguments';
import { CheckpointKeeper } from './checkpointKeeper';
import { readDevice, residualLines } from './deviceFile';
import { nodeEnvironment } from './environment';
import { withInt8Quality } from './exportQuality';
import { Interrupted, type Interruption } from './interruption';
import { loadExamples } from './loadExamples';
import { runProgram } from './program';
import { ProgressLine } from './progressLine';
import { eventLine, resultTable } from './report';
import { SearchFiles } from './searchFiles';
import { targetsFor } from './targetOptions';

async function main(args: string[], interruption: Interruption): Promise<number> {
  const given = readSearchArguments(args);
  if (!given) {
    console.log(HELP);
    return 0;
  }
  const files = given.out === null ? null : new SearchFiles(given.out, given.exports);
  const keeper = given.checkpoint === null ? null : new CheckpointKeeper(given.checkpoint, files?.paths ?? []);
  const { device, residuals } = await readDevice(given.device, given.deviceUnits);
  if (residuals) process.stderr.write(residualLines(residuals));
  const task = taskFor(given.config.task);
  const dataset = await loadExamples(given, task);
  const targets = targetsFor(
    searchSpace(
      { ...given.config, device, searches: searchesOf(strategyFor(given.config.method), given.config) },
      dataset.classNames.length,
    ),
    given.limits,
  );
  const config: SearchConfig = { ...given.config, device, targets };
  const backend = await startBackend(given.backend, nodeBackends);
  const run = keeper && identityOf(config, dataset, backend.name);
  const found = run && keeper.foundFor(run);
  const controls = { targets, revision: 0, eager: false };
  const host = {
    now: () => performance.now(),
    readIntervalMs: readIntervalMs(backend.name),
    heapBytes,
    pause: () => (keeper ? keeper.pause(interruption) : interruption.pause()),
  };
  const kernels = nodeKernelsOn(given.threads);
  const journal = new Journal(keeper !== null, found?.search);
  const search = new Search(config, dataset, controls, { host, ...engine(kernels) }, journal);
  const recorder = new RunRecorder(found?.recorder);
  const progress = new ProgressLine(process.stderr, backend, dataset, task);
  if (keeper && run) {
    const capture = async () => ({ ...run, finished: search.result !== null, search: await search.capture(), recorder: recorder.state() });
    keeper.start({ capturable: () => search.capturable, capture }, controls);
    console.error(keeper.line);
  }
  // From here on there is something to write down.
  interruption.defer();
  try {
    for await (const event of search.run()) {
      recorder.add(event);
      progress.add(event);
      if (given.ndjson && event.kind !== 'result') console.log(eventLine(event));
      // A search with a checkpoint ends only where it pauses, since it can be captured there.
      if (!keeper) interruption.check();
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  progress.end();
  const { result } = search;
  const stopped = result === null;
  if (stopped && interruption.reason === null) throw new WorkbenchError('internal', 'The search ended without a result.');
  if (!stopped) await keeper?.end();
  try {
    const context = { config: search.config, dataset, environment: nodeEnvironment(backend, kernels), stopped };
    const { model, trainingSet, testSet: test } = search;
    const runFile = (weights?: WeightsFile) => recorder.file(context, weights);
    const ended = { model, trainingSet, runFile, reading: given.reading };
    await files?.write(model && !stopped ? withInt8Quality(ended, { task, model, test }) : ended, !stopped);
  } finally {
    if (result)
      console.log(
        given.ndjson
          ? eventLine({ kind: 'result', step: 0, result })
          : resultTable(result, search.space, search.epochMacs(search.space.seed), task, search.warnings),
      );
  }
  if (stopped && interruption.reason !== 'SIGPIPE')
    console.error(
      `Stopped by ${interruption.reason} before there was a result.${files ? ` The run so far is in ${files.out}.` : ''}${keeper?.lies ? ` The same command goes on from ${keeper.path}.` : ''}`,
    );
  return keeper?.lies === false ? 1 : 0;
}

runProgram(main);
