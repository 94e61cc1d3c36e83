import { describe, expect, it } from 'vitest';
import { noDatasets } from '../../../tests/support/noDatasets';
import type { SearchClient } from '../../client/searchClient';
import { checkConfig } from '../../core/config/checkConfig';
import { shortfall } from '../../core/search/constraints/reach';
import type { WireEvent } from '../../protocol/protocol';
import { catalogue } from '../../session/catalogue';
import { SearchSession } from '../../session/searchSession';
import { Workbench } from '../../store/workbench';
import type { Lesson } from './lesson';
import { settingsFor } from './lessonPage';
import { lessons } from './lessons';
import { LessonSession } from './lessonSession';

const session = new SearchSession({} as never, () => {});

/** A page whose worker answers what there is to search, and starts searches that end as the test says. */
async function page() {
  let tell: (events: WireEvent[]) => void = () => {};
  const begun: unknown[] = [];
  const answers: Record<string, (...args: never[]) => unknown> = {
    catalogue,
    useBuiltInData: (task: string) => session.useBuiltInData(task),
    describeSpace: (...args) => session.describeSpace(...(args as unknown as Parameters<SearchSession['describeSpace']>)),
    startBackend: () => ({ name: 'cpu', passedOver: [] }),
    start: (config) => {
      begun.push(config);
      tell([{ kind: 'state', state: 'running', searched: false }]);
    },
    reset: () => tell([{ kind: 'state', state: 'idle', searched: false }]),
    checkData: () => [],
  };
  const client = {
    call: (name: string, ...args: never[]) => Promise.resolve(answers[name]?.(...args)),
    control() {},
  } as unknown as SearchClient;
  const workbench = new Workbench((onEvents) => {
    tell = onEvents;
    return client;
  }, noDatasets);
  await settled();
  return { workbench, begun, end: (state: 'finished' | 'stopped') => tell([{ kind: 'state', state, searched: state === 'finished' }]) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

const lesson: Lesson = {
  title: 'A lesson',
  about: '',
  minutes: 1,
  sets: { method: 'supernet', targets: { flashBytes: 20_000, latencyMs: 3 }, trainCount: 800 },
  steps: [{ title: 'Run', text: () => '', action: { label: 'Run', does: (on) => on.search('run', lesson.sets ?? {}) } }],
};

describe('a lesson', () => {
  it('says what it sets, and puts everything back at its end', async () => {
    const { workbench } = await page();
    workbench.choosePreset('paper');
    workbench.choose('epochs.search', 7);
    workbench.moveTarget('flashBytes', 30_000);
    workbench.limit('ramBytes', true);
    workbench.chooseObjective({ costs: 'latencyMs', strength: 3 });
    const { task, method, choices, targets, objective, presetName, settings } = workbench.state;
    const own = new LessonSession(workbench);
    await own.begin(lesson);
    expect(workbench.state).toMatchObject({
      method: 'supernet',
      targets: lesson.sets?.targets,
      objective: null,
      settings: { trainCount: 800 },
    });
    expect(own.store.getState().changes()).toEqual(
      expect.arrayContaining([
        'Method: Candidate operations (SuperNet)',
        'Targets: at most 20 kB of flash memory, at most 3 ms of latency',
        'Costs are: constraints',
        'Training pictures: 800',
        'Search epochs: 3',
      ]),
    );
    expect(
      own.store
        .getState()
        .changes()
        .filter((line) => /^(Task|Examples|Device)/.test(line)),
    ).toEqual([]);
    await own.end();
    expect(workbench.state).toMatchObject({ task, method, choices, targets, objective, presetName, settings });
  });

  it('notes a run that has ended well, and says when it has not', async () => {
    const { workbench, begun, end } = await page();
    const own = new LessonSession(workbench);
    await own.begin(lesson);
    const first = own.act();
    await settled();
    expect(begun).toEqual([settingsFor(lesson.sets ?? {}).config]);
    expect(own.store.getState()).toMatchObject({ acting: true });
    end('stopped');
    await first;
    expect(own.store.getState()).toMatchObject({ acting: false, problem: { text: expect.stringContaining('ended before') as string } });
    const second = own.act();
    await settled();
    end('finished');
    await second;
    expect(own.store.getState()).toMatchObject({ acting: false, problem: null });
    expect(own.store.getState().noted.get('run')?.state.run.state).toBe('finished');
    expect(own.store.getState().done.size).toBe(1);
  });

  it('ends while its search runs, and nothing of that comes later', async () => {
    const { workbench, end } = await page();
    const own = new LessonSession(workbench);
    const { targets } = workbench.state;
    await own.begin(lesson);
    const acting = own.act();
    await settled();
    await own.end();
    await acting;
    end('finished');
    expect(own.store.getState()).toMatchObject({ lesson: null, acting: false, problem: null });
    expect(workbench.state).toMatchObject({ targets, method: 'pit' });
  });
});

describe.each(lessons.map((one) => [one.title, one] as const))('%s', (_, { sets, steps }) => {
  it('begins with settings that can be searched', () => {
    const { config } = settingsFor(sets ?? {});
    checkConfig(config);
    expect(shortfall(session.describeSpace(config.task, config.device, config.method, config.space).table, config.targets)).toBeNull();
  });

  it('asks before it runs, and looks back at each question after', () => {
    const asked = steps.flatMap(({ asks }, at) => (asks ? [{ asks, at }] : []));
    expect(asked.length).toBeGreaterThan(0);
    for (const { asks, at } of asked) {
      const looksBack = steps.findIndex(({ answers }) => answers?.question === asks);
      const runs = steps.findIndex(({ action }, index) => action && index > at);
      expect(runs).toBeGreaterThan(at);
      expect(looksBack).toBeGreaterThan(runs);
    }
  });
});
