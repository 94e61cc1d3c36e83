/** Training steps of every workload in a worker in Chromium: fused and by tfjs alone, on WebAssembly and on WebGPU. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { hasSoftwareAdapterOnly, launch, load, webgpuFlags } from './chromium';
import { workloads } from '../support/workloads';
import type { BrowserSteps, StepTimer } from './page/step.worker';
import { markdownTable } from '../src/core/markdown';

const PORT = 4328;
/** Timed steps. A software adapter takes seconds per step, and half a minute with tfjs alone. */
const STEPS = { wasm: 12, composed: 4, webgpu: 30, software: 4 };

interface BrowserTiming {
  readonly workload: string;
  readonly batch: number;
  readonly backend: 'WebAssembly' | 'WebGPU';
  readonly implementation: string;
  readonly firstStepSeconds: number;
  /** Milliseconds per step. */
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  /** Until the worker's script can continue; null if the script computes the step itself. */
  readonly script: number | null;
}

export interface BrowserStepReport {
  readonly chromium: string;
  /** Whether WebGPU ran on a software adapter. */
  readonly software: boolean;
  readonly timings: readonly BrowserTiming[];
}

export async function benchmarkBrowserSteps(say: (line: string) => void): Promise<BrowserStepReport> {
  const { root } = load('install');
  const outDir = join(root, '.cache', 'bench-page');
  const input = join(root, 'bench', 'page', 'index.html');
  await build({ root, logLevel: 'error', publicDir: false, build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
  const server = await load('serve').serve(outDir, PORT);
  const software = await hasSoftwareAdapterOnly();
  const browser = await launch(webgpuFlags(software));
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${PORT}/bench/page/index.html`);
    await page.waitForFunction(() => 'timer' in globalThis);
    const timings: BrowserTiming[] = [];
    for (const backend of ['wasm', 'webgpu'] as const)
      for (const [index, { name, batch }] of workloads.entries()) {
        const on = backend === 'wasm' ? 'WebAssembly' : 'WebGPU';
        const add = (steps: BrowserSteps) => timings.push(timing({ workload: name, batch, backend: on }, steps));
        say(`Chromium, ${on}: ${name}, batch ${batch}`);
        const count = backend === 'wasm' ? STEPS.wasm : software ? STEPS.software : STEPS.webgpu;
        add(await measure(page, backend, index, false, count));
        // On a software adapter, tfjs alone is measured under Node, where it does not share the cores with a browser.
        if (backend === 'wasm' || !software) add(await measure(page, backend, index, true, STEPS.composed));
      }
    return { chromium: browser.version(), software, timings };
  } finally {
    await browser.close();
    server.close();
  }
}

function measure(page: Page, ...args: Parameters<StepTimer['measure']>): Promise<BrowserSteps> {
  return page.evaluate((given) => (globalThis as unknown as { timer: StepTimer }).timer.measure(...given), args);
}

function timing(
  of: Pick<BrowserTiming, 'workload' | 'batch' | 'backend'>,
  { implementation, firstStepMs, times }: BrowserSteps,
): BrowserTiming {
  const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
  const middle = (values: readonly number[]) => sorted(values)[Math.floor(values.length / 2)] as number;
  const all = sorted(times.map(({ ms }) => ms));
  return {
    ...of,
    implementation,
    firstStepSeconds: firstStepMs / 1000,
    median: middle(all),
    fastest: all[0] as number,
    slowest: all.at(-1) as number,
    script: of.backend === 'WebGPU' ? middle(times.map(({ scriptMs }) => scriptMs)) : null,
  };
}

export function browserStepTable({ chromium, software, timings }: BrowserStepReport): string {
  const rows = timings.map((timing) => {
    const { workload, batch, backend, implementation, median, fastest, slowest, script, firstStepSeconds } = timing;
    const stock = timings.find(
      (other) => other.workload === workload && other.batch === batch && other.backend === backend && other.implementation === 'reference',
    );
    return [
      workload,
      String(batch),
      backend,
      implementation === 'reference' ? 'tfjs alone' : implementation,
      median.toFixed(1),
      `${fastest.toFixed(1)} to ${slowest.toFixed(1)}`,
      stock && stock !== timing ? (median / stock.median).toFixed(2) : '',
      script?.toFixed(2) ?? '',
      firstStepSeconds.toFixed(1),
    ];
  });
  const head = ['workload', 'batch', 'backend', 'step', 'ms, median', 'fastest to slowest', '/ tfjs alone', 'script, ms', 'first step, s'];
  return [
    `Chromium ${chromium}${software ? '; WebGPU on the software adapter, which shares its cores with the browser' : ''}.`,
    '',
    ...markdownTable(head, rows),
  ].join('\n');
}
