/** `npm run -s search -- [options]`: one search without a browser. Progress on stderr, the result on stdout. */
import { heapBytes, readIntervalMs, startBackend } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { nodeKernels } from '../backends/nodeKernels';
import type { Dataset } from '../core/data/dataset';
import { sampleDataset } from '../core/data/sampling';
import { shapeDataset } from '../core/data/shapes';
import { WorkbenchError } from '../core/errors';
import { jsonPieces } from '../core/jsonPieces';
import { RunRecorder, type RunData } from '../core/runs/runFile';
import { Search } from '../core/runs/search';
import type { SearchConfig } from '../core/config/searchConfig';
import { searchSpace } from '../core/search/space';
import { strategyFor } from '../core/strategies/index';
import { engine } from '../training/engine';
import { HELP, readSearchArguments, type SearchArguments } from './arguments';
import { readDevice, residualLines } from './deviceFile';
import { nodeEnvironment } from './environment';
import { Interrupted, type Interruption } from './interruption';
import { OutputFile } from './outputFile';
import { readPictureFolder } from './pictureFolder';
import { runProgram } from './program';
import { ProgressLine } from './progressLine';
import { eventLine, resultTable } from './report';
import { targetsFor } from './targetOptions';

async function main(args: string[], interruption: Interruption): Promise<number> {
  const given = readSearchArguments(args);
  if (!given) {
    console.log(HELP);
    return 0;
  }
  const out = given.out === null ? null : new OutputFile('--out', given.out);
  const { device, residuals } = await readDevice(given.device, given.deviceUnits);
  if (residuals) process.stderr.write(residualLines(residuals));
  const dataset = await loadPictures(given);
  const targets = targetsFor(
    searchSpace({ ...given.config, device, searches: strategyFor(given.config.method).searches }, dataset.classNames.length),
    given.limits,
  );
  const config: SearchConfig = { ...given.config, device, targets };
  const backend = await startBackend(given.backend, nodeBackends);
  const controls = { targets, revision: 0, eager: false };
  const host = {
    now: () => performance.now(),
    readIntervalMs: readIntervalMs(backend.name),
    heapBytes,
    pause: () => interruption.pause(),
  };
  const search = new Search(config, dataset, controls, { host, ...engine(nodeKernels) });
  const recorder = new RunRecorder();
  const progress = new ProgressLine(process.stderr, backend, dataset);
  // From here on a signal leaves a partial run that is worth writing.
  interruption.defer();
  try {
    for await (const event of search.run()) {
      recorder.add(event);
      progress.add(event);
      if (given.ndjson && event.kind !== 'result') console.log(eventLine(event));
      interruption.check();
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  progress.end();
  const { result } = search;
  const stopped = result === null;
  if (stopped && interruption.reason === null) throw new WorkbenchError('internal', 'The search ended without a result.');
  try {
    out?.write(() => jsonPieces(recorder.file(search.config, dataOf(dataset), nodeEnvironment(backend), stopped)));
  } finally {
    if (result)
      console.log(given.ndjson ? eventLine({ kind: 'result', step: 0, result }) : resultTable(result, search.space, search.warnings));
  }
  if (stopped && interruption.reason !== 'SIGPIPE')
    console.error(`Stopped by ${interruption.reason} before there was a result.${given.out ? ` The run so far is in ${given.out}.` : ''}`);
  return 0;
}

async function loadPictures({ data, config, ...counts }: SearchArguments): Promise<Dataset> {
  if (data === 'embedded') return shapeDataset(counts.trainCount, counts.testCount);
  return sampleDataset(await readPictureFolder(data), counts, config.randomSeed);
}

function dataOf({ name, synthetic, classNames, train, test }: Dataset): RunData {
  return { name, synthetic, classNames, trainCount: train.count, testCount: test.count };
}

runProgram(main);
