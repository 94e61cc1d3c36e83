/** `npm run -s record`: runs the page's first search and writes what the page plays before anybody presses Start. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { heapBytes, readIntervalMs, startBackend } from '../backends/backend';
import { nodeBackends } from '../backends/node';
import { nodeKernelsOn } from '../backends/nodeKernels';
import { wholeRange } from '../core/config/domain';
import type { SearchConfig } from '../core/config/searchConfig';
import { unlessChosen } from '../core/config/settings';
import { WorkbenchError } from '../core/errors';
import { shortened, thinned, type RecordedRun } from '../core/runs/recordedRun';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import { RunRecorder, runDataOf } from '../core/runs/runFile';
import { Search } from '../core/runs/search';
import { Story } from '../core/runs/story';
import { startingTargets } from '../core/search/constraints/targets';
import { Journal } from '../core/search/journal';
import { searchSpace } from '../core/search/space';
import { searchesOf, strategyFor } from '../core/strategies/index';
import { tasks, type Task } from '../core/tasks/index';
import { engine } from '../training/engine';
import { readCommandLine } from './commandLine';
import type { Interruption } from './interruption';
import { readNumberIn } from './optionValue';
import { OutputFile } from './outputFile';
import { runProgram } from './program';
import { ProgressLine } from './progressLine';

const FILE = join(import.meta.dirname, '../ui/recorded/recordedRun.json');

const HELP = `Records the run that the page shows before the first Start: its first search, on the built-in examples. Takes minutes.

npm run -s record -- [--threads N] [--out FILE]

  --threads N  threads that train; the numbers are the same on any (default: 1)
  --out FILE   where to write it (default: the file that the page ships)
  --help       print this`;

async function main(args: string[], interruption: Interruption): Promise<number> {
  const { values } = readCommandLine({
    args,
    options: {
      threads: { type: 'string', default: '1' },
      out: { type: 'string', default: FILE },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: false,
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const out = new OutputFile('--out', values.out);
  const kernels = nodeKernelsOn(readNumberIn('--threads', values.threads, wholeRange(1, availableParallelism())));
  const recorded = await record(kernels, interruption);
  out.write(JSON.stringify(recorded));
  return 0;
}

/** Runs the search that the page is set to when it opens. */
async function record(kernels: ReturnType<typeof nodeKernelsOn>, interruption: Interruption): Promise<RecordedRun> {
  const task = tasks[0] as Task;
  const { trainCount, testCount } = task.builtIn.counts;
  const dataset = task.builtIn.make(trainCount, testCount);
  const untargeted = {
    ...task.presets.quick,
    ...unlessChosen,
    objective: null,
    task: task.id,
    method: task.method,
    device: 'gap8',
    seedNetwork: false,
  } as const;
  const space = searchSpace({ ...untargeted, searches: searchesOf(strategyFor(untargeted.method), untargeted) }, dataset.classNames.length);
  const config: SearchConfig = { ...untargeted, targets: startingTargets(space) };
  const backend = await startBackend('wasm', nodeBackends);
  const host = { now: () => performance.now(), readIntervalMs: readIntervalMs(backend.name), heapBytes, pause: () => interruption.pause() };
  const controls = { targets: config.targets, revision: 0, eager: false };
  const search = new Search(config, dataset, controls, { host, ...engine(kernels) }, new Journal(false));
  const [recorder, story] = [new RunRecorder(), new Story()];
  const progress = new ProgressLine(process.stderr, backend, dataset, task);
  for await (const event of search.run()) {
    recorder.add(event);
    story.add(event);
    progress.add(event);
    interruption.check();
  }
  progress.end();
  if (!search.result) throw new WorkbenchError('internal', 'The search ended without a result, so nothing was recorded.');
  return {
    resultsVersion: RESULTS_VERSION,
    config,
    data: runDataOf(dataset),
    backend: backend.name,
    told: shortened(story.told()),
    series: thinned(recorder.curves()),
  };
}

runProgram(main);
