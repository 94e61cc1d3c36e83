/** Runs that outlive their tab, operated like a person would. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import type { RunFile } from '../../src/core/runs/runFile';
import { WorkbenchPage } from './workbenchPage';

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

/** What must be equal between two runs of the same seed. */
function lasting({ series, result }: RunFile) {
  const kept = Object.entries(series).filter(([name]) => !name.startsWith('memory/'));
  return { series: Object.fromEntries(kept), network: result?.network, quality: result?.quality };
}

const notice = (page: Page) => page.getByRole('region', { name: /^A search was interrupted at step \d+ of \d+$/ });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Kept runs' });

test('a search that a reload interrupts is resumed to the numbers that it would have had', async ({ page, context }) => {
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
  await expect(dialog(other.page).getByRole('row', { name: /Image classification/ })).toContainText('Under way');
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
  await runs.getByLabel('Search').fill('second');
  await expect(rows).toHaveCount(1);
  await runs.getByLabel('Search').fill('');
  await runs
    .getByRole('checkbox', { name: /^Choose/ })
    .first()
    .press('Space');
  await runs
    .getByRole('checkbox', { name: /^Choose/ })
    .last()
    .press('Space');
  await expect(runs.getByRole('listitem').filter({ hasText: 'The second one' }).first()).toBeVisible();
  expect(await workbench.accessibilityFaults()).toEqual([]);
  const [zip] = await Promise.all([page.waitForEvent('download'), runs.getByRole('button', { name: 'Export 2 runs' }).press('Enter')]);
  await runs.getByRole('button', { name: /^Delete Image/ }).press('Enter');
  await expect(rows).toHaveCount(1);
  await runs.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(rows).toHaveCount(2);
  const buffer = await readFile(await zip.path());
  await runs.getByLabel('Import runs …').setInputFiles({ name: 'runs.zip', mimeType: 'application/zip', buffer });
  await expect(rows).toHaveCount(4);
  await page.keyboard.press('Escape');
  await expect(runs).toBeHidden();
  workbench.expectNoFaults();
});
