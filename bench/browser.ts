/** Runs in a real Chromium through the search worker, on WebAssembly and on WebGPU: the default search and the seed network, and channels. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { requestNodeAdapter } from '../src/backends/nodeWebgpu';
import type { RunFile } from '../src/core/search/runFile';
import type { Figure } from './bench';

interface Scripts {
  readonly ensureBuilt: () => Promise<void>;
  readonly ensureChromium: () => string;
  readonly root: string;
}

const requireScript = createRequire(import.meta.url);
const load = (name: string) => requireScript(`../scripts/${name}.cjs`) as Scripts;

const PORT = 4327;
/** Tasks of the main thread in the first second draw the charts for the first time. */
const FIRST_SECOND_MS = 1000;
const LIMIT_MS = 30 * 60_000;

/** Steps of a phase that memory may settle in. */
const STEADY = 5;

/** A task of the main thread longer than 50 ms, in milliseconds since the page was opened. */
interface LongTask {
  readonly start: number;
  readonly duration: number;
}

/** What is changed of the default run, by the labels of the settings. */
type Settings = Readonly<Record<string, number>>;

/** A software adapter takes seconds for a step, so it gets few. */
const few: Settings = {
  'Training pictures': 320,
  'Test pictures': 20,
  'Warm-up epochs': 1,
  'Search epochs': 1,
  'Fine-tune epochs': 1,
};

/** Methods by the label that a person picks, and what they are called here. */
const methods = [
  ['Candidate operations (SuperNet)', 'candidates'],
  ['Numbers of channels (PIT)', 'channels'],
] as const;

export async function benchmarkBrowser(): Promise<Figure[]> {
  await load('build').ensureBuilt();
  const server = await preview({
    root: load('install').root,
    logLevel: 'error',
    preview: { port: PORT, strictPort: true, host: 'localhost' },
  });
  const software = await hasSoftwareAdapterOnly();
  try {
    const graphics = ['--enable-unsafe-webgpu', ...(software ? ['--use-webgpu-adapter=swiftshader'] : [])];
    const label = software ? 'WebGPU (software adapter, 320 pictures)' : 'WebGPU';
    const figures: Figure[] = [];
    for (const [method, name] of methods) {
      figures.push(...named(`WebAssembly, ${name}`, await runIn('WebAssembly', [], {}, method)));
      figures.push(...named(`${label}, ${name}`, await runIn('WebGPU', graphics, software ? few : {}, method)));
    }
    return figures;
  } finally {
    await server.close();
  }
}

const named = (backend: string, figures: readonly Figure[]) => figures.map((figure) => ({ ...figure, what: `${backend}: ${figure.what}` }));

async function hasSoftwareAdapterOnly(): Promise<boolean> {
  const adapter = await requestNodeAdapter().catch(() => null);
  return !adapter || /swiftshader|llvmpipe/i.test(`${adapter.info.architecture} ${adapter.info.description}`);
}

async function runIn(backend: string, flags: readonly string[], settings: Settings, method: string): Promise<Figure[]> {
  const args = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...flags,
  ];
  const browser = await chromium.launch({ executablePath: load('chromium').ensureChromium(), args });
  try {
    const version = { what: 'Chromium', value: Number.parseInt(browser.version()), unit: '' };
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    return [version, ...(await measure(page, backend, settings, method))];
  } finally {
    await browser.close();
  }
}

async function measure(page: Page, backend: string, settings: Settings, method: string): Promise<Figure[]> {
  await page.goto(`http://localhost:${PORT}/`);
  await page.getByText(/^Runs on/).waitFor();
  await page.getByLabel('Backend').selectOption({ label: backend });
  await page.getByText(`Runs on ${backend}`).waitFor();
  await page.getByLabel('Method').selectOption({ label: method });
  if (Object.keys(settings).length > 0) await page.getByText('Training settings').click();
  for (const [label, value] of Object.entries(settings)) await page.getByLabel(label, { exact: true }).fill(String(value));
  console.error(`${backend} ...`);
  await page.evaluate(() => {
    const tasks: LongTask[] = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, duration });
    }).observe({ type: 'longtask' });
    Object.assign(window, { longTasks: tasks });
  });
  if (backend === 'WebGPU')
    for (const worker of page.workers()) {
      // The loader that runs this file wraps functions in a helper, which a page does not have.
      await worker.evaluate('globalThis.__name = (named) => named');
      await worker.evaluate(timeEncoding);
    }
  const started = Date.now();
  const startedInPage = await page.evaluate(() => performance.now());
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.waitForFunction(
    () => /step \d/.test(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuetext') ?? ''),
    undefined,
    {
      timeout: LIMIT_MS,
    },
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
  const accuracy = result?.accuracy;
  return [
    { what: 'Start to the first step', value: firstStep / 1000, unit: 's' },
    { what: 'Start to the result', value: whole / 1000, unit: 's' },
    ...Object.entries(result?.timing.stepMs ?? {}).map(([phase, ms]) => ({ what: `step, ${phase}`, value: ms, unit: 'ms' })),
    { what: 'tasks of the main thread over 50 ms, after the first second', value: tasks.length, unit: '' },
    { what: 'longest of them', value: Math.max(0, ...tasks.map(({ duration }) => duration)), unit: 'ms' },
    ...memoryFigures(run),
    ...(await encodingFigures(page, backend)),
    ...(accuracy ? Object.entries(accuracy).map(([of, value]) => ({ what: `test accuracy, ${of}`, value: 100 * value, unit: '%' })) : []),
    ...(run.result?.constraints.map(({ metric, value, target }) => ({ what: `${metric} (target ${target})`, value, unit: '' })) ?? []),
  ];
}

async function downloadRun(page: Page): Promise<RunFile> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download run', exact: true }).click(),
  ]);
  return JSON.parse(await readFile(await file.path(), 'utf8')) as RunFile;
}

/**
 * Runs inside a worker: from now on, milliseconds from a step's first word to the device until its submission was handed
 * over go to a list.
 */
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
    // tfjs's own submissions have fewer kernels.
    if (kernels >= 40) times.push(performance.now() - started);
    [started, kernels] = [NaN, 0];
  });
  Object.assign(globalThis, { encodingTimes: times });
}

/** What `timeEncoding` found. */
async function encodingFigures(page: Page, backend: string): Promise<Figure[]> {
  if (backend !== 'WebGPU') return [];
  const found = page.workers().map((worker) => worker.evaluate(() => (globalThis as { encodingTimes?: number[] }).encodingTimes ?? []));
  const times = (await Promise.all(found)).flat().toSorted((a, b) => a - b);
  if (times.length === 0) throw new Error('no worker submitted a step');
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] as number;
  return [
    { what: `script from a step's first word to its submission, median of ${times.length}`, value: at(0.5), unit: 'ms' },
    { what: 'nine tenths of them took at most', value: at(0.9), unit: 'ms' },
  ];
}

/** Whether tensors and heap stay the same from step to step of a phase, the phase's first steps left out. */
function memoryFigures({ series, config }: RunFile): Figure[] {
  const { warmup, search, finetune } = config.epochs;
  const tensors = series['memory/tensors']?.value ?? [];
  const heap = series['memory/heapBytes']?.value ?? [];
  const stepsPerEpoch = tensors.length / (warmup + search + finetune);
  let from = 0;
  return Object.entries({ warmup, search, finetune }).flatMap(([phase, epochs]) => {
    const start = from;
    const to = from + epochs * stepsPerEpoch;
    const own = (values: readonly number[]) => values.slice(start + STEADY, to);
    const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
    const figures = [
      { what: `tensors, ${phase}: most minus least`, value: spread(own(tensors)), unit: '' },
      { what: `heap, ${phase}: growth after five steps`, value: spread(own(heap)) / 1e6, unit: 'MB' },
    ];
    from = to;
    return to - start > STEADY + 1 ? figures : [];
  });
}
