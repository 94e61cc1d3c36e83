/** Runs that outlive their tab, operated like a person would. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { RecordedRun } from '../../src/core/runs/recordedRun';
import type { RunFile } from '../../src/core/runs/runFile';
import type { SearchEvent } from '../../src/core/search/events';
import { DATABASE } from '../../src/keep/database';
import { UNDO_MS } from '../../src/keep/runLibrary';
import { manyRuns } from '../support/keptSummaries';
import { WorkbenchPage } from './workbenchPage';

/** Runs that a class hands in. */
const STUDENTS = 150;

const short = {
  'Examples per step': 8,
  'Training pictures': 72,
  'Test pictures': 16,
  'Warm-up epochs': 1,
  'Search epochs': 12,
  'Fine-tune epochs': 1,
};

async function opened(page: Page): Promise<WorkbenchPage> {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.pickBackend('WebAssembly');
  return workbench;
}

/** Breaks the thread that searches. */
async function breakWorker(page: Page): Promise<void> {
  const worker = page.workers().find((one) => one.url().includes('search.worker'));
  await worker?.evaluate(() => {
    setTimeout(() => {
      throw new Error('broken for a test');
    });
  });
}

/** What must be equal between two runs of the same seed. */
function lasting({ series, result }: RunFile) {
  const kept = Object.entries(series).filter(([name]) => !name.startsWith('memory/'));
  return { series: Object.fromEntries(kept), network: result?.network, quality: result?.quality };
}

const notice = (page: Page) => page.getByRole('region', { name: /^A search was interrupted at step \d+ of \d+$/ });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Kept runs' });

test('a search that a reload interrupts is resumed to the numbers that it would have had', { tag: '@more' }, async ({ page, context }) => {
  const workbench = await opened(page);
  await workbench.set(short);
  await workbench.button('Start').click();
  await expect(workbench.progress).toHaveAttribute('aria-valuetext', /^Search, epoch ([4-9]|1\d) of 12/);
  await page.reload();
  await expect(notice(page)).toBeVisible();
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await notice(page).getByRole('button', { name: 'Resume' }).click();
  await workbench.firstStep();
  await expect(notice(page)).toHaveCount(0);
  // Its curves are back, from the first step on.
  expect((await workbench.table('Loss')).at(-1)?.[0]).toBeLessThan(20);

  // Another tab sees it, and leaves it alone. It is held meanwhile, since it would end within seconds.
  await workbench.button('Pause').click();
  const other = new WorkbenchPage(await context.newPage());
  await other.open();
  await other.button('Runs').click();
  const row = dialog(other.page).getByRole('row', { name: /Image classification/ });
  await expect(row).toContainText('Under way');
  // It is shown there as far as it is, and follows.
  await row.getByRole('button', { name: /^Image/ }).click();
  await expect(dialog(other.page).getByRole('region', { name: 'At a glance' })).toContainText('Searching for channels');
  const followed = async () => Number(/step (\d+) of/.exec(await dialog(other.page).locator('.facts').innerText())?.[1]);
  const before = await followed();
  await dialog(other.page).getByRole('slider', { name: 'Step in Loss', exact: true }).press('+');
  const zoomed = dialog(other.page).getByText(/^Charts show steps/);
  await expect(zoomed).toBeVisible();
  await workbench.button('Step').click();
  await expect.poll(followed).toBeGreaterThan(before);
  await expect(zoomed).toBeVisible();
  await dialog(other.page).getByRole('button', { name: 'All runs' }).click();
  await dialog(other.page)
    .getByRole('button', { name: /^Delete Image/ })
    .click();
  await expect(dialog(other.page).getByRole('alert')).toContainText('1 run not deleted, since a page has it open');
  await other.page.close();
  await workbench.button('Resume').click();

  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const resumed = (await workbench.download('Download run')) as RunFile;
  await workbench.button('Start').click();
  await workbench.firstStep();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const whole = (await workbench.download('Download run')) as RunFile;
  const network = await workbench.download('Download network');
  expect(lasting(resumed)).toEqual(lasting(whole));

  // Both are listed; one is found, named, starred, deleted and brought back by keyboard alone.
  await workbench.button('Runs').focus();
  await page.keyboard.press('Enter');
  const runs = dialog(page);
  const rows = runs.getByRole('row', { name: /^Choose/ });
  await expect(rows).toHaveCount(2);
  await runs
    .getByRole('button', { name: /^Image/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await expect(runs.getByRole('region', { name: 'Result' })).toContainText('Flash memory');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  const [saved] = await Promise.all([page.waitForEvent('download'), runs.getByRole('button', { name: 'Download run' }).press('Enter')]);
  const kept = JSON.parse(await readFile(await saved.path(), 'utf8')) as RunFile;
  expect(lasting(kept)).toEqual(lasting(whole));
  await runs.getByLabel('Name').fill('The second one');
  await page.keyboard.press('Tab');
  await runs.getByRole('button', { name: 'All runs' }).press('Enter');
  await runs.getByRole('button', { name: 'Star The second one' }).press('Enter');
  await runs.getByRole('searchbox', { name: 'Search' }).fill('second');
  await expect(rows).toHaveCount(1);
  await runs.getByRole('searchbox', { name: 'Search' }).fill('');
  await runs
    .getByRole('checkbox', { name: /^Choose/ })
    .first()
    .press('Space');
  await runs
    .getByRole('checkbox', { name: /^Choose/ })
    .last()
    .press('Space');
  await expect(runs.getByRole('listitem').filter({ hasText: 'The second one' }).first()).toBeVisible();
  const chosen = runs.getByRole('region', { name: 'Chosen runs over each other' });
  for (const chart of ['Validation accuracy', 'Validation loss', 'Expected flash memory', 'Expected latency'])
    await expect(chosen.getByRole('slider', { name: `Step in ${chart}`, exact: true })).toBeVisible();
  expect(await workbench.accessibilityFaults()).toEqual([]);
  const [zip] = await Promise.all([page.waitForEvent('download'), runs.getByRole('button', { name: 'Export 2 runs' }).press('Enter')]);
  await runs.getByRole('button', { name: /^Delete Image/ }).press('Enter');
  await expect(rows).toHaveCount(1);
  await runs.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(rows).toHaveCount(2);
  const buffer = await readFile(await zip.path());
  await runs.getByLabel('Import runs …').setInputFiles({ name: 'runs.zip', mimeType: 'application/zip', buffer });
  await expect(rows).toHaveCount(4);
  // What came has its weights, as after the search.
  await rows
    .filter({ hasText: 'imported' })
    .first()
    .getByRole('button', { name: /^(Image|The second)/ })
    .press('Enter');
  await runs.getByRole('button', { name: 'Load, to go on from its result' }).press('Enter');
  await expect(runs).toBeHidden();
  await expect(workbench.status.filter({ hasText: 'Run loaded: accuracy' })).toHaveCount(1);
  expect(await workbench.download('Download network')).toEqual(network);
  workbench.expectNoFaults();
});

test('a search whose worker breaks down is gone on with after a press on Reload', { tag: '@more' }, async ({ page }) => {
  const workbench = await opened(page);
  await workbench.set(short);
  await workbench.button('Start').click();
  await expect(workbench.progress).toHaveAttribute('aria-valuetext', /^Search, epoch ([4-9]|1\d) of 12/);
  await breakWorker(page);
  const search = workbench.region('Search');
  await expect(search.getByRole('alert')).toContainText('The search worker broke down');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await search.getByRole('button', { name: 'Reload' }).click();
  await notice(page).getByRole('button', { name: 'Resume' }).click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
});

test('the runs of a class are dropped as a folder, and make one picture', { tag: '@more' }, async ({ page }, testInfo) => {
  const recorded = JSON.parse(readFileSync('src/ui/recorded/recordedRun.json', 'utf8')) as RecordedRun;
  const { result } = recorded.told.findLast((event) => event.kind === 'result') as Extract<SearchEvent, { kind: 'result' }>;
  const folder = testInfo.outputPath('class');
  for (let student = 1; student <= STUDENTS; student++) {
    const share = student / STUDENTS;
    const run = {
      version: 2,
      config: { ...recorded.config, data: recorded.data },
      environment: { backend: 'wasm' },
      series: recorded.series,
      warnings: [],
      stopped: false,
      dataFingerprint: null,
      result: {
        ...result,
        quality: { ...result.quality, final: Math.sqrt(share) },
        costs: { ...result.costs, final: { ...result.costs.final, flashBytes: 40_000 * share } },
      },
    };
    mkdirSync(join(folder, `student ${student}`), { recursive: true });
    const text = JSON.stringify(run);
    writeFileSync(join(folder, `student ${student}/pit.json`), student % 100 === 7 ? text.slice(0, 500) : text);
  }
  writeFileSync(join(folder, 'notes.txt'), 'not a run');
  const damaged = Math.ceil((STUDENTS - 6) / 100);

  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.button('Runs').click();
  const runs = dialog(page);
  await expect(runs.getByText('There are no runs yet.')).toBeVisible();
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data: { items: [], files: [folder], dragOperationsMask: 1 } });
  await expect(runs.getByRole('progressbar', { name: 'Run files that have been read' })).toBeVisible();
  await expect(runs.getByText(`${STUDENTS - damaged} runs`, { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(runs.getByRole('progressbar', { name: 'Run files that have been read' })).toHaveCount(0);
  await runs.getByText(`All ${damaged} files that were passed over`).click();
  await expect(runs.getByRole('listitem').filter({ hasText: 'class/student 7/pit.json: This run file cannot be read' })).toBeVisible();
  // The front has every run, since both numbers rise together.
  const front = runs.getByRole('region', { name: 'Quality over cost' });
  await expect(front.getByRole('button', { name: /^student 1\/pit: accuracy|^student 1\/pit: \d/ })).toBeVisible();
  expect(await workbench.accessibilityFaults()).toEqual([]);

  // One of its folders by the button.
  await runs.getByLabel('Import a folder …').setInputFiles(join(folder, 'student 2'));
  await expect(runs.getByText(`${STUDENTS - damaged + 1} runs`, { exact: true })).toBeVisible();
  workbench.expectNoFaults();
});

test('a page frees the room of the runs that it deletes, and other tabs wait for it', { tag: '@more' }, async ({ page, context }) => {
  const here = new WorkbenchPage(page);
  await here.open();
  const summaries = manyRuns(3).map(({ label: _, held: __, ...summary }) => ({ ...summary, state: 'finished' }));
  /** Writes runs into the database, if any are given. @returns ids of the runs that it keeps */
  const kept = (tab: Page, written: typeof summaries = []) =>
    tab.evaluate(
      async ([name, runs]) => {
        const done = <T>(request: IDBRequest<T>) =>
          new Promise<T>((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error as DOMException);
          });
        const database = await done(indexedDB.open(name));
        const store = database.transaction('summaries', 'readwrite').objectStore('summaries');
        for (const run of runs) store.put(run);
        const keys = await done(store.getAllKeys());
        database.close();
        return keys;
      },
      [DATABASE, written] as const,
    );
  expect(await kept(page, summaries)).toHaveLength(3);
  await page.reload();
  await here.open();
  await here.button('Runs').click();
  const rows = dialog(page).getByRole('row', { name: /^Choose/ });
  const deleteFirst = () =>
    rows
      .first()
      .getByRole('button', { name: /^Delete/ })
      .click();
  await deleteFirst();
  await expect(rows).toHaveCount(2);

  // Another tab, for which the time to undo is over long since. All tabs share the clock.
  const other = await context.newPage();
  await other.clock.setFixedTime(Date.now() + 2 * UNDO_MS);
  const there = new WorkbenchPage(other);
  await there.open();
  await there.button('Runs').click();
  await expect(dialog(other).getByText('2 runs', { exact: true })).toBeVisible();
  expect(await kept(other)).toHaveLength(3);
  await dialog(page).getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(3);
  await expect(dialog(other).getByText('3 runs', { exact: true })).toBeVisible();

  await deleteFirst();
  await dialog(page).getByRole('button', { name: 'Delete for good' }).click();
  await expect.poll(() => kept(page)).toHaveLength(2);
  await expect(dialog(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await expect(dialog(other).getByText('2 runs', { exact: true })).toBeVisible();

  // What is deleted when a page is closed is left to the next one.
  await deleteFirst();
  await expect(rows).toHaveCount(1);
  expect(await kept(page)).toHaveLength(2);
  await page.close();
  await other.clock.setFixedTime(Date.now() + 4 * UNDO_MS);
  await there.open();
  await expect.poll(() => kept(other)).toHaveLength(1);
  here.expectNoFaults();
  there.expectNoFaults();
});
