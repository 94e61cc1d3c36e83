/**
 * Adds what docs/architecture.md says can be added: a task with its own loss and quality, a strategy and an export. Each is one
 * object and a row in a list, and the command line and the page must offer and run it.
 */
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SearchClient } from '../src/client/searchClient';
import { said } from '../src/core/language/told';
import { strategies } from '../src/core/strategies/index';
import { tasks } from '../src/core/tasks/index';
import { exporters } from '../src/exporters/index';
import { losses } from '../src/kernels/losses/index';
import type { WireEvent } from '../src/protocol/protocol';
import { catalogue } from '../src/session/catalogue';
import { SearchSession } from '../src/session/searchSession';
import { idleRun } from '../src/store/state';
import { Workbench } from '../src/store/workbench';
import { ResultView } from '../src/ui/ResultView';
import { MethodField } from '../src/ui/setup/MethodField';
import { TaskField } from '../src/ui/setup/TaskField';
import { WorkbenchContext } from '../src/ui/useWorkbench';
import { useBackend } from './support/backends';
import { noDatasets } from './support/noDatasets';
import { dependencies, smallConfig } from './support/search';
import { toyExporter, toyLoss, toyStrategy, toyTask } from './support/toys';

const lists = [
  [tasks, toyTask],
  [losses, toyLoss],
  [strategies, toyStrategy],
  [exporters, toyExporter],
] as unknown as readonly (readonly [unknown[], unknown])[];

beforeAll(async () => {
  await useBackend('wasm');
  for (const [list, toy] of lists) list.push(toy);
});
afterAll(() => {
  for (const [list] of lists) list.pop();
});

/** The session that the worker uses, and the events that it sent. */
function session() {
  const events: WireEvent[] = [];
  let ended = () => {};
  const end = new Promise<void>((resolve) => (ended = resolve));
  const made = new SearchSession(dependencies, (event) => {
    events.push(event);
    if (event.kind === 'state' && ['finished', 'failed', 'stopped'].includes(event.state)) ended();
  });
  return { session: made, events, end };
}

const config = { ...smallConfig, task: toyTask.id, targets: { params: 100 }, epochs: { warmup: 1, search: 1, finetune: 2 } };
const limits = { trainCount: 64, testCount: 16 };

it.each([toyStrategy.id, 'supernet', 'pit'])('a new task is searched by %s, with its own loss, quality and words', async (method) => {
  const { session: own, events, end } = session();
  await own.start({ ...config, method }, limits, false);
  await end;
  const failed = events.find((event) => event.kind === 'state' && event.error !== undefined);
  expect(failed).toBeUndefined();
  const result = events.find((event) => event.kind === 'result');
  expect(result?.result).toMatchObject({ quality: { id: 'toyError' }, constraints: [{ metric: 'params', met: true }] });
  // The better one is the lower one: fine-tuning keeps the epoch that says so.
  const { derived, final } = result?.result.quality ?? { derived: 0, final: 0 };
  expect(final).toBeLessThan(derived);
  const phase = events.find((event) => event.kind === 'phase');
  expect(phase?.metricNames.slice(0, 2)).toEqual(['taskLoss', 'toyError']);
  // The fused step has no kernel for this loss, and must say so.
  expect(said(phase?.implementation ?? '')).toBe('reference, since the fused step does not cover the loss toySquares');
  await own.reset();
});

it('a new strategy’s choice meets the targets, and its run is exported by a new exporter', async () => {
  const { session: own, events, end } = session();
  await own.start({ ...config, method: toyStrategy.id }, limits, false);
  await end;
  expect(events.flatMap((event) => (event.kind === 'phase' ? [event.phase] : []))).toEqual(['finetune']);
  expect([...(await own.export(toyExporter.id, {}))].join('')).toMatch(/^narrow\S*\n.*wide\n$/s);
  await own.reset();
});

it('the command line offers all three', async () => {
  // Imported late, because the help is made when the command line is loaded.
  const { HELP, readSearchArguments } = await import('../src/cli/arguments');
  for (const offer of ['toy vectors given back with two dense layers', 'draw draws one network that meets the targets', 'toyList'])
    expect(HELP).toContain(offer);
  const given = readSearchArguments(['--task', 'toy', '--method', 'draw', '--out', 'folder', '--export', 'toyList']);
  expect(given?.config).toMatchObject({ task: 'toy', method: 'draw' });
  expect(given?.exports).toEqual([toyExporter]);
});

it('the page offers all three', () => {
  const silent = { call: () => new Promise(() => {}), control() {} } as unknown as SearchClient;
  const workbench = new Workbench(() => silent, noDatasets);
  const run = { ...idleRun, state: 'stopped', choice: {} } as const;
  const state = { ...workbench.state, ...catalogue(), run };
  // Rendering on a server uses the store's initial state.
  workbench.store.getInitialState = () => state;
  const shown = (...parts: readonly ReactElement[]) =>
    renderToStaticMarkup(createElement(WorkbenchContext, { value: workbench }, ...parts));
  const markup = shown(createElement(TaskField), createElement(MethodField), createElement(ResultView));
  expect(markup).toContain('<option value="toy">Vectors given back</option>');
  expect(markup).toContain('<option value="draw">Drawing lots</option>');
  expect(markup).toContain('Download list of layers');
});
