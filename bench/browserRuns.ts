/**
 * Runs in a real Chromium through the search worker, on WebAssembly and on WebGPU: the default search, its seed network, and a
 * channel search.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Series } from '../src/core/runs/boundedSeries';
import type { RunFile } from '../src/core/runs/runFile';
import { hasSoftwareAdapterOnly, launch, load, webgpuFlags } from './chromium';
import { markdownTable } from '../src/core/markdown';

const PORT = 4327;
/** Main-thread tasks in the first second do not count, because they draw the charts for the first time. */
const FIRST_SECOND_MS = 1000;
const LIMIT_MS = 30 * 60_000;

/** Steps of a phase that do not count, because memory is still settling. */
const STEADY = 5;

/** A task of the main thread longer than 50 ms, in milliseconds since the page was opened. */
interface LongTask {
  readonly start: number;
  readonly duration: number;
}

/** Changes to the default run, by the labels of the settings. */
type Settings = Readonly<Record<string, number>>;

/** A software adapter takes seconds per step, so its runs have few. */
const few: Settings = {
  'Training pictures': 320,
  'Test pictures': 20,
  'Warm-up epochs': 1,
  'Search epochs': 1,
  'Fine-tune epochs': 1,
};

/** Methods by their label on the page, and their names in this report. */
const methods = [
  ['Candidate operations (SuperNet)', 'candidates'],
  ['Channels (channel search)', 'channels'],
] as const;

/** A search from Start to its result, and the training of the seed network after it. */
interface BrowserRun {
  readonly backend: 'WebAssembly' | 'WebGPU';
  /** The kind of space that is searched. */
  readonly over: string;
  /** Training examples if there are fewer than by default, null otherwise. */
  readonly pictures: number | null;
  readonly firstStepSeconds: number;
  readonly resultSeconds: number;
  /** Milliseconds of the median step, by phase, the seed network's included. */
  readonly stepMs: Readonly<Record<string, number>>;
  /** Main-thread tasks over 50 ms, after the first second. */
  readonly longTasks: { readonly count: number; readonly longestMs: number };
  /**
   * Milliseconds from a step's first call to the device until its submission: the median and the ninth decile. Null on WebAssembly.
   */
  readonly encodingMs: { readonly median: number; readonly most: number } | null;
  /** In the phase where it is largest, without the phase's first steps. */
  readonly growth: { readonly tensors: number; readonly heapMB: number };
  /** On the test examples, by network. */
  readonly accuracy: Readonly<Record<string, number>>;
  readonly withinTargets: boolean;
}

export interface BrowserRunReport {
  readonly chromium: string;
  readonly runs: readonly BrowserRun[];
}

export async function benchmarkBrowserRuns(say: (line: string) => void): Promise<BrowserRunReport> {
  await load('build').ensureBuilt();
  const server = await load('serve').serve(load('build').folder, PORT);
  const software = await hasSoftwareAdapterOnly();
  try {
    let version = '';
    const runs: BrowserRun[] = [];
    for (const [method, over] of methods)
      for (const backend of ['WebAssembly', 'WebGPU'] as const) {
        say(`Chromium, ${backend}: a search over ${over}`);
        const browser = await launch(backend === 'WebGPU' ? webgpuFlags(software) : []);
        version = browser.version();
        try {
          const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
          const settings = backend === 'WebGPU' && software ? few : {};
          const pictures = settings['Training pictures'] ?? null;
          runs.push({ backend, over, pictures, ...(await measure(page, backend, settings, method)) });
        } finally {
          await browser.close();
        }
      }
    return { chromium: version, runs };
  } finally {
    server.close();
  }
}

async function measure(
  page: Page,
  backend: BrowserRun['backend'],
  settings: Settings,
  method: string,
): Promise<Omit<BrowserRun, 'backend' | 'over' | 'pictures'>> {
  await page.goto(`http://localhost:${PORT}/`);
  await page.getByText(/^Runs on/).waitFor();
  await page.getByLabel('Backend').selectOption({ label: backend });
  await page.getByText(`Runs on ${backend}`).waitFor();
  await page.getByLabel('Method').selectOption({ label: method });
  if (Object.keys(settings).length > 0) await page.getByText('Training settings').click();
  for (const [label, value] of Object.entries(settings)) await page.getByLabel(label, { exact: true }).fill(String(value));
  await page.evaluate(() => {
    const tasks: LongTask[] = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, duration });
    }).observe({ type: 'longtask' });
    Object.assign(window, { longTasks: tasks });
  });
  if (backend === 'WebGPU')
    for (const worker of page.workers()) {
      // The loader that runs this file wraps functions in a helper that a page does not have.
      await worker.evaluate('globalThis.__name = (named) => named');
      await worker.evaluate(timeEncoding);
    }
  const started = Date.now();
  const startedInPage = await page.evaluate(() => performance.now());
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.waitForFunction(
    () => /step \d/.test(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuetext') ?? ''),
    undefined,
    { timeout: LIMIT_MS },
  );
  const firstStep = Date.now() - started;
  await page.getByText(/^Finished$/).waitFor({ timeout: LIMIT_MS });
  const whole = Date.now() - started;
  const tasks = (await page.evaluate(() => (window as unknown as { longTasks: LongTask[] }).longTasks)).filter(
    ({ start }) => start > startedInPage + firstStep + FIRST_SECOND_MS,
  );
  const run = await downloadRun(page);
  await page.getByRole('button', { name: 'Train the seed network to compare', exact: true }).click();
  await page.getByRole('row', { name: /^Seed network, as many epochs/ }).waitFor({ timeout: LIMIT_MS });
  await page.getByText(/^Finished$/).waitFor({ timeout: LIMIT_MS });
  const { result } = await downloadRun(page);
  if (!result) throw new Error('the run has no result');
  const { id: _, ...accuracy } = result.quality;
  return {
    firstStepSeconds: firstStep / 1000,
    resultSeconds: whole / 1000,
    stepMs: result.timing.stepMs,
    longTasks: { count: tasks.length, longestMs: Math.max(0, ...tasks.map(({ duration }) => duration)) },
    encodingMs: backend === 'WebGPU' ? await encodingTimes(page) : null,
    growth: growthOf(run),
    accuracy,
    withinTargets: result.constraints.every(({ value, target }) => value <= target),
  };
}

async function downloadRun(page: Page): Promise<RunFile> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download run', exact: true }).click(),
  ]);
  return JSON.parse(await readFile(await file.path(), 'utf8')) as RunFile;
}

/** Runs inside a worker. From now on, a list collects milliseconds from a step's first call to the device until its submission. */
function timeEncoding(): void {
  const times: number[] = [];
  let [started, kernels] = [NaN, 0];
  const watch = (prototype: object, method: string, before: () => void, after: () => void) => {
    const original = Reflect.get(prototype, method) as (...args: unknown[]) => unknown;
    Reflect.set(prototype, method, function (this: object, ...args: unknown[]) {
      before();
      const result = original.apply(this, args);
      after();
      return result;
    });
  };
  const nothing = () => {};
  watch(GPUQueue.prototype, 'writeBuffer', () => (started = Number.isNaN(started) ? performance.now() : started), nothing);
  watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', nothing, () => (kernels += 1));
  watch(GPUQueue.prototype, 'submit', nothing, () => {
    // Submissions of tfjs itself have fewer kernels and do not count.
    if (kernels >= 40) times.push(performance.now() - started);
    [started, kernels] = [NaN, 0];
  });
  Object.assign(globalThis, { encodingTimes: times });
}

/** The times that `timeEncoding` collected. */
async function encodingTimes(page: Page): Promise<NonNullable<BrowserRun['encodingMs']>> {
  const found = page.workers().map((worker) => worker.evaluate(() => (globalThis as { encodingTimes?: number[] }).encodingTimes ?? []));
  const times = (await Promise.all(found)).flat().toSorted((a, b) => a - b);
  if (times.length === 0) throw new Error('no worker submitted a step');
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] as number;
  return { median: at(0.5), most: at(0.9) };
}

/** How far tensors and heap vary over the steps of a phase, without its first steps: the largest value over all phases. */
function growthOf({ series, config }: RunFile): BrowserRun['growth'] {
  const { warmup, search, finetune } = config.epochs;
  const none: Series = { step: [], value: [] };
  const tensors = series['memory/tensors'] ?? none;
  const heap = series['memory/heapBytes'] ?? none;
  const stepsPerEpoch = (tensors.step.at(-1) ?? 0) / (warmup + search + finetune);
  let from = 0;
  const phases = [warmup, search, finetune].map((epochs) => {
    const start = from + STEADY;
    from += epochs * stepsPerEpoch;
    const end = from;
    const spread = ({ step, value }: Series) => {
      const values = value.filter((_, index) => (step[index] as number) > start && (step[index] as number) <= end);
      return values.length > 0 ? Math.max(...values) - Math.min(...values) : 0;
    };
    return { tensors: spread(tensors), heap: spread(heap) };
  });
  return { tensors: Math.max(...phases.map((phase) => phase.tensors)), heapMB: Math.max(...phases.map(({ heap: own }) => own)) / 1e6 };
}

export function browserRunTable({ chromium, runs }: BrowserRunReport): string {
  const rows = runs.map(
    ({ backend, over, pictures, firstStepSeconds, resultSeconds, stepMs, longTasks, encodingMs, growth, withinTargets }) => [
      `${backend}${pictures === null ? '' : `, ${pictures} pictures`}`,
      over,
      firstStepSeconds.toFixed(1),
      resultSeconds.toFixed(1),
      Object.entries(stepMs)
        .map(([phase, ms]) => `${phase} ${ms.toFixed(0)}`)
        .join(', '),
      longTasks.count === 0 ? 'none' : `${longTasks.count}, longest ${longTasks.longestMs.toFixed(0)} ms`,
      encodingMs ? `${encodingMs.median.toFixed(2)} (${encodingMs.most.toFixed(2)})` : '',
      `${growth.tensors}; ${growth.heapMB.toFixed(2)} MB`,
      withinTargets ? 'met' : 'missed',
    ],
  );
  const head = [
    'backend',
    'search over',
    'first step, s',
    'result, s',
    'step, ms',
    'main thread over 50 ms',
    'script, ms (nine tenths)',
    'growth',
    'targets',
  ];
  return [`Chromium ${chromium}.`, '', ...markdownTable(head, rows)].join('\n');
}
