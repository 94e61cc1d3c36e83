/** Runs that are deleted in one tab of a browser while others are open. */
import { afterEach, expect, it } from 'vitest';
import { forgetAll, sharedLocks, silent } from '../../tests/support/keptRuns';
import { summaryFor } from '../../tests/support/keptSummaries';
import type { RunRecord } from './keptRun';
import type { RunLocks } from './locks';
import { RunLibrary, UNDO_MS } from './runLibrary';
import { RunStorage } from './runStorage';

afterEach(forgetAll);

const browser = sharedLocks();
let now = 1000;

/** A tab; closing it lets go of what it holds. */
function tab(locks: RunLocks = browser) {
  const held: (() => void)[] = [];
  const own: RunLocks = {
    ...locks,
    async hold(id) {
      const release = await locks.hold(id);
      if (release) held.push(release);
      return release;
    },
  };
  const storage = new RunStorage(own, silent);
  return { storage, library: new RunLibrary(storage, () => now), close: () => held.forEach((release) => release()) };
}

async function tabWith(...ids: string[]) {
  const opened = tab();
  for (const id of ids) {
    const record = { id } as unknown as RunRecord;
    await opened.storage.write({ summary: summaryFor(id), record, checkpoint: new Uint8Array(10) });
  }
  return opened;
}

/** Ids of the runs that something is left of. */
async function left({ storage }: ReturnType<typeof tab>) {
  const database = await storage.database();
  const stores = ['summaries', 'labels', 'records', 'checkpoints'] as const;
  return [...new Set((await Promise.all(stores.map((store) => database.getAllKeys(store)))).flat())].toSorted();
}

it('forgets at once what it has deleted itself, and nothing else', async () => {
  const here = await tabWith('a', 'b', 'c', 'd');
  const { library, close } = tab();
  await library.remove(['d']);
  expect(await here.library.remove(['a', 'b'])).toEqual(['a', 'b']);
  await here.library.bringBack(['b']);
  await here.library.forget(['a', 'b', 'c', 'd']);
  expect(await left(here)).toEqual(['b', 'c', 'd']);
  expect((await browser.held()).has('a')).toBe(false);
  close();
});

it('keeps what can be brought back from other tabs, which neither clear it away nor go on with it', async () => {
  const here = await tabWith('a', 'b');
  const other = tab();
  await here.library.remove(['a', 'b']);
  now += 2 * UNDO_MS;
  await other.library.clearAway();
  expect(await other.storage.locks.hold('a')).toBeNull();
  await here.library.bringBack(['a']);
  expect((await other.library.list()).map(({ id, held }) => [id, held])).toEqual([['a', false]]);
  expect(await here.storage.read('a')).not.toBeNull();
  // A tab that is closed brings nothing back any more.
  here.close();
  await other.library.clearAway();
  expect(await left(other)).toEqual(['a']);
});

it('leaves for a while what a closed tab has deleted', async () => {
  const here = await tabWith('a');
  await here.library.remove(['a']);
  here.close();
  now += UNDO_MS - 1;
  await tab().library.clearAway();
  expect(await left(here)).toEqual(['a']);
  now += 2;
  await tab().library.clearAway();
  expect(await left(here)).toEqual([]);
});

it('does not clear away what is brought back before it has hold of it', async () => {
  const here = await tabWith('a');
  await here.library.remove(['a']);
  now += 2 * UNDO_MS;
  const late = tab({
    ...browser,
    async hold(id) {
      await here.library.bringBack([id]);
      return browser.hold(id);
    },
  });
  await late.library.clearAway();
  expect((await here.library.list()).map(({ id }) => id)).toEqual(['a']);
});

it('deletes nothing that a page has open', async () => {
  const here = await tabWith('a', 'b');
  const release = await browser.hold('a');
  expect(await here.library.remove(['a', 'b'])).toEqual(['b']);
  release?.();
  expect((await here.library.list()).map(({ id }) => id)).toEqual(['a']);
  here.close();
});

it('gives each run a number among those of its name, which stays with it', async () => {
  const here = await tabWith('a', 'b');
  const numbers = async ({ library }: ReturnType<typeof tab>) =>
    Object.fromEntries((await library.list()).map(({ id, label }) => [id, label.number]));
  const other = tab();
  // Two tabs that list at once give the same.
  expect(await Promise.all([numbers(here), numbers(other)])).toEqual([
    { a: 1, b: 2 },
    { a: 1, b: 2 },
  ]);
  await here.library.remove(['a']);
  await here.library.forget(['a']);
  await here.library.label('b', { note: 'the second' });
  expect(await numbers(other)).toEqual({ b: 2 });
  // A name of its own begins anew.
  await here.library.label('b', { name: 'mine' });
  expect(await numbers(other)).toEqual({ b: 1 });
});

it('lists runs also where the browser has no room for their numbers', async () => {
  const { storage, library } = await tabWith('a', 'b');
  const objectStore = IDBObjectStore.prototype as { put: (this: IDBObjectStore, value: unknown) => IDBRequest<IDBValidKey> };
  const { put } = objectStore;
  let full = false;
  objectStore.put = function (value) {
    if (!full) queueMicrotask(() => this.transaction.abort());
    full = true;
    return put.call(this, value);
  };
  try {
    expect((await library.list()).map(({ label }) => label.number)).toEqual([1, 2]);
  } finally {
    objectStore.put = put;
  }
  expect(await (await storage.database()).getAll('labels')).toEqual([]);
});
