import { afterEach, describe, expect, it, vi } from 'vitest';
import { noDatasets } from '../../tests/support/noDatasets';
import type { SearchClient } from '../client/searchClient';
import type { SearchConfig } from '../core/config/searchConfig';
import { WorkbenchError } from '../core/errors';
import { setLanguage } from '../core/language/say';
import { said } from '../core/language/told';
import { messages } from '../core/language/zh-CN/index';
import { ProgressMeter } from '../core/runs/progress';
import type { SearchResult } from '../core/search/events';
import { strategies } from '../core/strategies/index';
import { canSearch } from '../core/tasks/task';
import { taskFor, tasks } from '../core/tasks/index';
import type { RunRecord } from '../keep/keptRun';
import type { DataLimits, EventBatch, WireEvent } from '../protocol/protocol';
import { SearchSession } from '../session/searchSession';
import { configOf } from './configOf';
import { idleRun } from './state';
import { Workbench } from './workbench';
import { wouldBeLost } from './wouldBeLost';

/** A workbench after a first step, and the two ways in which its worker is heard of. The worker answers exports only. */
function afterOneStep(written: Promise<Uint8Array> = Promise.resolve(new Uint8Array(1))) {
  let tell: (batch: EventBatch) => void = () => {};
  let die: (error: Error) => void = () => {};
  const client = {
    call: (name: string) => (name === 'export' ? written : new Promise(() => {})),
    control() {},
  } as unknown as SearchClient;
  const workbench = new Workbench((onEvents, onDeath) => {
    [tell, die] = [onEvents, onDeath];
    return client;
  }, noDatasets);
  const step = { kind: 'step', phase: 'search', epoch: 1, step: 1, stepInEpoch: 1, stepsPerEpoch: 1, at: 0 } as unknown as WireEvent;
  tell([{ kind: 'state', state: 'running', searched: false }, step, { kind: 'state', state: 'stopped', searched: false }]);
  return { workbench, die };
}

/**
 * A page before a worker that makes examples.
 * @param held before it the space of keyword spotting does not come; a worker without it starts no backend
 */
async function opened(held?: Promise<void>) {
  const session = new SearchSession({} as never, () => {});
  const describeSpace = vi.fn(async (...args: Parameters<SearchSession['describeSpace']>) => {
    if (args[0] === 'kws') await held;
    return session.describeSpace(...args);
  });
  const start = vi.fn<(config: SearchConfig, counts: DataLimits) => void>();
  const answers: Record<string, (...args: never[]) => unknown> = {
    catalogue: () => ({ strategies: [] }),
    useBuiltInData: (task: string) => session.useBuiltInData(task),
    describeSpace,
    start,
    ...(held && { startBackend: () => ({ name: 'cpu', passedOver: [] }) }),
  };
  const client = {
    call: async (name: string, ...args: never[]) => (answers[name] ? answers[name](...args) : await new Promise(() => {})),
    control() {},
  } as unknown as SearchClient;
  let tell: (batch: EventBatch) => void = () => {};
  const workbench = new Workbench((onEvents) => {
    tell = onEvents;
    return client;
  }, noDatasets);
  await vi.waitFor(() => expect(workbench.state.loadingData).toBe(false));
  return { workbench, describeSpace, start, tell };
}

describe('built-in examples that cannot be made', () => {
  afterEach(() => vi.restoreAllMocks());

  /** Generators of these tasks fail. */
  const fail = (...ids: string[]) =>
    ids.forEach((id) =>
      vi.spyOn(taskFor(id).builtIn, 'make').mockImplementation(() => {
        throw new Error(`no outline of ${id}`);
      }),
    );

  it('are told, and made at the next try', async () => {
    fail('ic');
    const { workbench } = await opened();
    expect(workbench.state).toMatchObject({ dataset: null, dataError: { code: 'internal' }, workerLost: false });
    expect(said(workbench.state.dataError?.told ?? '')).toContain('no outline of ic');
    // Set-up alerts of it.
    expect(workbench.state.announcement()).toBe('');
    vi.restoreAllMocks();
    const trying = workbench.useBuiltInData();
    expect(workbench.state).toMatchObject({ loadingData: true, dataError: { code: 'internal' } });
    await trying;
    expect(workbench.state).toMatchObject({ dataset: { name: taskFor('ic').builtIn.name }, dataError: null });
  });

  it('leave the targets alone when their task was left before its space came', async () => {
    let release = () => {};
    const { workbench, describeSpace } = await opened(new Promise((resolve) => (release = resolve)));
    const left = workbench.chooseTask('kws');
    await vi.waitFor(() => expect(describeSpace.mock.lastCall?.[0]).toBe('kws'));
    const back = workbench.chooseTask('ic');
    release();
    await Promise.all([left, back]);
    expect(workbench.state).toMatchObject({ task: 'ic', loadingData: false, targets: { flashBytes: 40_000, latencyMs: 6 } });
    expect(workbench.state.dataset?.name).toBe(taskFor('ic').builtIn.name);
  });

  it('are waited for by a start, which has their numbers and targets', async () => {
    let release = () => {};
    const { workbench, start } = await opened(new Promise((resolve) => (release = resolve)));
    void workbench.chooseTask('kws');
    const started = workbench.start();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(start).not.toHaveBeenCalled();
    release();
    await started;
    const [config, counts] = start.mock.lastCall ?? [];
    expect(counts).toEqual(taskFor('kws').builtIn.counts);
    expect(config).toMatchObject({ task: 'kws', targets: { flashBytes: 12_000 } });
  });

  it('leave none of the task before, and all of their own task', async () => {
    const { workbench } = await opened();
    const { dataset } = workbench.state;
    expect(dataset).not.toBeNull();
    fail('ic', 'kws');
    await workbench.useBuiltInData();
    expect(workbench.state).toMatchObject({ dataset, dataError: { code: 'internal' } });
    await workbench.chooseTask('kws');
    expect(workbench.state).toMatchObject({ task: 'kws', dataset: null, dataError: { code: 'internal' } });
  });
});

describe('the method of a task', () => {
  it('can search it', () => {
    for (const task of tasks) expect(strategies.filter((strategy) => canSearch(task, strategy)).map(({ id }) => id)).toContain(task.method);
  });

  it('is set with the task, unless a person chose another one that can search it', async () => {
    const { workbench } = afterOneStep();
    workbench.store.setState({ strategies: strategies.map((strategy) => ({ ...strategy, gradients: true, options: [] })) });
    expect(workbench.state.method).toBe('pit');
    const choose = (task: string) => (void workbench.chooseTask(task), workbench.state.method);
    expect(choose('vww')).toBe('supernet');
    expect(choose('kws')).toBe('pit');
    workbench.store.setState({ method: 'supernet+pit' });
    expect(choose('vww')).toBe('supernet+pit');
    expect(choose('tin')).toBe('pit');
  });
});

describe('what is announced', () => {
  afterEach(() => setLanguage('en', null));

  it('is said in the language in use when it is shown', () => {
    const { announcement } = afterOneStep().workbench.state;
    expect(announcement()).toBe('Stopped.');
    setLanguage('zh-CN', messages);
    expect(announcement()).toBe(messages['Stopped.']);
  });

  it('tells a run that is loaded from a search', async () => {
    const { workbench, tell } = await opened(Promise.resolve());
    await vi.waitFor(() => expect(workbench.state.backend.state).toBe('ready'));
    const quality = { id: 'accuracy', derived: 0.5, final: 0.5 };
    const found = { choice: [], channels: [], constraints: [], costs: { final: {} }, quality } as unknown as SearchResult;
    const result = { kind: 'result', step: 9, result: found } as const;
    const announcedOf = async (before: SearchResult | null) => {
      const record = { config: configOf(workbench.state), data: workbench.state.settings, controls: { targets: {}, revision: 1 } };
      const shown = { run: idleRun, meter: new ProgressMeter(), curves: workbench.curves.getState() };
      void workbench.goOn({ ...record, result: before } as unknown as RunRecord, 'cpu', () => shown);
      await vi.waitFor(() => expect(workbench.state.run.starting).toBe(true));
      tell([{ kind: 'state', state: 'running', searched: false }, result]);
      return workbench.state.announcement();
    };
    expect(await announcedOf(found)).toBe('Run loaded: accuracy 50.0 %.');
    // What is derived from it is found now.
    tell([result]);
    expect(workbench.state.announcement()).toBe('Search finished: accuracy 50.0 %.');
    workbench.store.setState({ run: idleRun });
    expect(await announcedOf(null)).toBe('Search finished: accuracy 50.0 %.');
  });
});

describe('what a run has trained', () => {
  it('would be lost until it was exported', async () => {
    const { workbench } = afterOneStep();
    expect(wouldBeLost(workbench.state.run)).toBe(true);
    expect(await workbench.export('run')).toHaveLength(1);
    expect(wouldBeLost(workbench.state.run)).toBe(false);
  });

  it('would still be lost when its export fails, which is told', async () => {
    const { workbench } = afterOneStep(Promise.reject(new WorkbenchError('busy', 'There is no network yet.')));
    expect(await workbench.export('network')).toBeNull();
    expect(wouldBeLost(workbench.state.run)).toBe(true);
    expect(workbench.state.run).toMatchObject({ state: 'stopped', error: 'There is no network yet.' });
    expect(workbench.state.announcement()).not.toContain('There is no network yet.');
  });

  it('is gone already when the worker broke down', () => {
    const { workbench, die } = afterOneStep();
    die(new WorkbenchError('internal', 'The search worker broke down.'));
    expect(workbench.state.run.state).toBe('failed');
    expect(workbench.state.workerLost).toBe(true);
    expect(wouldBeLost(workbench.state.run)).toBe(false);
  });
});
