/** `npm run -s search -- [options]`: one search without a browser. Progress on stderr, the result on stdout. */
import { writeFile } from 'node:fs/promises';
import { heapBytes, readIntervalMs, startBackend } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { nodeKernelsOn } from '../backends/nodeKernels';
import { firstPictures, type Dataset } from '../core/data/dataset';
import { shapeDataset } from '../core/data/shapes';
import { WorkbenchError } from '../core/errors';
import { RunRecorder, type Environment } from '../core/search/runFile';
import { Search } from '../core/search/search';
import type { SearchConfig } from '../core/search/searchConfig';
import { searchSpace } from '../core/search/space';
import { engine } from '../training/engine';
import { HELP, readSearchArguments, type SearchArguments } from './arguments';
import { readDevice, residualLines } from './deviceFile';
import { nodeEnvironment } from './environment';
import { exitCodeOf, reportError } from './exit';
import { readPictureFolder } from './pictureFolder';
import { ProgressLine } from './progressLine';
import { eventLine, resultTable } from './report';
import { targetsFor } from './targetOptions';

async function main(args: string[]): Promise<number> {
  const given = readSearchArguments(args);
  if (!given) {
    console.log(HELP);
    return 0;
  }
  const { device, residuals } = await readDevice(given.device);
  if (residuals) process.stderr.write(residualLines(residuals));
  const dataset = await loadPictures(given);
  const targets = targetsFor(searchSpace({ ...given.config, device }, dataset.classNames.length), given.limits);
  const config: SearchConfig = { ...given.config, device, targets };
  const backend = await startBackend(given.backend, nodeBackends);
  const controls = { targets, revision: 0, eager: false };
  const host = {
    now: () => performance.now(),
    readIntervalMs: readIntervalMs(backend.name),
    heapBytes,
    pause: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
  const kernels = nodeKernelsOn(given.threads);
  const search = new Search(config, dataset, controls, { host, ...engine(kernels) });
  const recorder = new RunRecorder();
  const progress = new ProgressLine(process.stderr, backend, dataset);
  for await (const event of search.run()) {
    recorder.add(event);
    progress.add(event);
    if (given.ndjson && event.kind !== 'result') console.log(eventLine(event));
  }
  progress.end();
  const { result } = search;
  if (!result) throw new WorkbenchError('internal', 'The search ended without a result.');
  if (given.out !== null) await writeRun(given.out, recorder, dataset, search, nodeEnvironment(backend, kernels));
  console.log(given.ndjson ? eventLine({ kind: 'result', step: 0, result }) : resultTable(result, search.space));
  return 0;
}

async function loadPictures({ data, trainCount, testCount }: SearchArguments): Promise<Dataset> {
  if (data === 'embedded') return shapeDataset(trainCount, testCount);
  const folder = await readPictureFolder(data);
  return { ...folder, train: firstPictures(folder.train, trainCount), test: firstPictures(folder.test, testCount) };
}

async function writeRun(path: string, recorder: RunRecorder, dataset: Dataset, search: Search, environment: Environment) {
  const { name, synthetic, classNames, train, test } = dataset;
  const data = { name, synthetic, classNames, trainCount: train.count, testCount: test.count };
  const text = JSON.stringify(recorder.file(search.config, data, environment, false));
  await writeFile(path, text).catch((error: unknown) => {
    throw new WorkbenchError('invalid-setting', `the run file could not be written: ${(error as Error).message}`);
  });
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    reportError(error);
    process.exitCode = exitCodeOf(error);
  },
);
