/** The page's part in a class, against the server itself. */
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { Pool } from '../cli/classroom/pool';
import { answerWith } from '../cli/classroom/poolRequests';
import { serverOf } from '../cli/classroom/server';
import { ClassroomClient } from '../client/classroomClient';
import { sharedRun } from '../../tests/support/sharedRun';
import { Classroom } from './classroom';
import type { WorkbenchState } from './state';

let pool: Pool;
let server: ReturnType<typeof serverOf>;
let address: string;
let now: number;
const ends: (() => void)[] = [];

beforeEach(async () => {
  now = 0;
  pool = new Pool(() => now);
  server = serverOf(answerWith({ pool, names: new Set(), addresses: [], page: (_, response) => response.end() }), null);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => {
  vi.useRealTimers();
  for (const end of ends.splice(0)) end();
  server.closeAllConnections();
  server.close();
});

const { network, ...facts } = sharedRun();
const idle = { live: true, run: { state: 'idle', result: null, asked: null }, dataset: { synthetic: true } };

/** A page with a search that can be made to finish. */
function page(kept = new Map<string, string>()) {
  const store = createStore(() => idle as unknown as WorkbenchState);
  const place = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const classroom = new Classroom(new ClassroomClient((path, options) => fetch(`${address}${path}`, options), null), place, () => now);
  ends.push(classroom.begin(store));
  const set = (change: object) => {
    store.setState(change as Partial<WorkbenchState>);
  };
  const finish = (device: unknown = facts.device, quality = facts.quality) => {
    const asked = { config: { ...facts, device }, data: facts };
    set({ run: { state: 'running', result: null, asked } });
    const result = { network: { ...network }, quality: { final: quality } };
    set({ run: { state: 'finished', result, asked, finishedTargets: facts.targets } });
  };
  return { classroom, finish, set, kept, state: () => classroom.state };
}

const until = (what: () => void) => vi.waitFor(what, { timeout: 5000, interval: 10 });

it('shows the finished searches of each page to all, and follows what the teacher does', async () => {
  const [one, other, teacher] = [page(), page(), page()];
  await one.classroom.join(pool.code);
  await other.classroom.join(pool.code);
  await teacher.classroom.lead(pool.key);
  one.finish();
  other.finish(facts.device, 0.5);
  for (const { classroom } of [one, other, teacher])
    await until(() => {
      classroom.refresh();
      expect([...classroom.state.runs.values()].map(({ member, quality }) => [member, quality]).sort()).toEqual([
        [1, 0.75],
        [2, 0.5],
      ]);
    });
  expect(teacher.state().overview?.members).toHaveLength(2);

  await teacher.classroom.setOpen(false);
  await teacher.classroom.remove(1);
  one.classroom.refresh();
  await until(() => expect([one.state().open, one.state().runs.size]).toEqual([false, 1]));
  one.finish();
  await until(() => expect(one.state().problem?.code).toBe('class-closed'));
  expect(one.state().waiting).toBe(0);
  await teacher.classroom.removeMember(1);
  one.classroom.refresh();
  await until(() => expect(one.state()).toMatchObject({ role: null, problem: { code: 'not-joined' } }));
});

it('shares nothing before joining, of own examples or devices, and of runs that are only opened or compared', async () => {
  const { classroom, finish, set, state } = page();
  finish();
  await classroom.join(pool.code);
  finish({ name: 'mine' });
  expect(state().keptBack).toBe(true);
  set({ dataset: { synthetic: false } });
  finish();
  set({ dataset: idle.dataset, run: { state: 'idle', result: null, asked: null } });
  const opened = { state: 'finished', result: { network, quality: { final: 1 } }, asked: { config: facts, data: facts } };
  set({ run: opened });
  set({ run: { ...opened, state: 'running' } });
  set({ run: { ...opened, result: { ...opened.result, comparison: [] } } });
  finish(facts.device, NaN);
  // Runs are shared in order, so what had leaked would come before this one.
  finish();
  await until(() => expect(state().runs.size).toBe(1));
  expect((JSON.parse(pool.changesAfter(0)) as { changes: unknown[] }).changes).toHaveLength(1);
});

it('keeps what cannot be shared yet, and shares it when the server answers again', async () => {
  const { classroom, finish, state } = page();
  await classroom.join(pool.code);
  const there = address;
  address = 'http://127.0.0.1:1/';
  finish();
  await until(() => expect(state()).toMatchObject({ waiting: 1, problem: { code: 'no-answer' } }));
  address = there;
  classroom.refresh();
  await until(() => expect(state()).toMatchObject({ waiting: 0, problem: null }));
  await until(() => expect(state().runs.size).toBe(1));
});

it('shares a run once whose answer was lost on its way', async () => {
  const { classroom, finish, state } = page();
  await classroom.join(pool.code);
  let lost = 0;
  server.prependListener('request', ({ method, url }, response) => {
    if (method !== 'POST' || url !== '/pool/runs' || lost > 0) return;
    // The class takes the run, and the connection breaks before its answer is out.
    response.end = () => {
      lost += 1;
      return response.destroy();
    };
  });
  finish();
  await until(() => expect(state()).toMatchObject({ waiting: 1, problem: { code: 'no-answer' } }));
  classroom.refresh();
  await until(() => expect(state()).toMatchObject({ waiting: 0, problem: null }));
  await until(() => expect(state().runs.size).toBe(1));
  expect(lost).toBe(1);
  // Another run that is equal in all is another run.
  finish();
  await until(() => expect(state().runs.size).toBe(2));
});

it('waits a minute where it shares too fast, and loses nothing', async () => {
  const { classroom, finish, state } = page();
  await classroom.join(pool.code);
  for (let run = 0; run < 21; run++) finish();
  await until(() => expect(state().runs.size).toBe(20));
  expect(state().waiting).toBe(1);
  now = 61_000;
  classroom.refresh();
  await until(() => expect(state().runs.size).toBe(21));
});

it('stays in the class over a reload, and takes its runs back when it leaves', async () => {
  const first = page();
  await first.classroom.join(pool.code);
  first.finish();
  await until(() => expect(first.state().runs.size).toBe(1));
  const again = page(first.kept);
  await until(() => expect(again.state()).toMatchObject({ found: true, role: { member: 1 } }));
  await again.classroom.leave();
  expect([again.state().role, again.kept.size]).toEqual([null, 0]);
  expect(JSON.parse(pool.changesAfter(0))).toMatchObject({ changes: [{ removed: 1 }] });
});

it('is found when the server answers at last, and asks no other server again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const there = address;
  address = 'http://127.0.0.1:1/';
  const { state } = page();
  await until(() => expect(state().found).toBe(false));
  address = there;
  vi.advanceTimersByTime(3000);
  await until(() => expect(state()).toMatchObject({ found: true, shown: true }));

  const asked: (string | undefined)[] = [];
  server.on('request', ({ url }) => void asked.push(url));
  address = `${there}elsewhere/`;
  const other = page();
  await until(() => expect(other.state().found).toBe(false));
  vi.advanceTimersByTime(60_000);
  await fetch(`${there}last`);
  expect(asked).toEqual(['/elsewhere/pool', '/last']);
});

it('stays in the class where the server does not hear that it leaves', async () => {
  const { classroom, kept, state } = page();
  await classroom.join(pool.code);
  const there = address;
  address = 'http://127.0.0.1:1/';
  await classroom.leave();
  expect(state()).toMatchObject({ role: { member: 1 }, problem: { code: 'no-answer' } });
  address = there;
  await classroom.leave();
  expect([state().role, kept.size]).toEqual([null, 0]);
});
