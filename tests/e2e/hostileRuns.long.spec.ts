/** Run files that an attacker wrote, or that were damaged: each is refused in a sentence, or listed and shown without harm. */
import { expect, test } from '@playwright/test';
import { zipSync } from 'fflate';
import { createRandom } from '../../src/core/random';
import { hostile } from '../support/hostileRuns';
import { WorkbenchPage } from './workbenchPage';

test.setTimeout(400_000);

const tiny = { 'Examples per step': 8, 'Training pictures': 72, 'Test pictures': 16, 'Search epochs': 2, 'Fine-tune epochs': 1 };
const FILES = 60;

test('hostile run files neither run as code nor break the page, now or when it is opened again', async ({ page }) => {
  const seed = Number(process.env.HOSTILE_SEED ?? 1);
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.pickBackend('WebAssembly');
  await workbench.chooseMethod('Candidates, then channels');
  await workbench.set(tiny);
  await workbench.button('Start').click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const file = await workbench.download('Download run');
  const files = Array.from({ length: FILES }, (_, index) => {
    const text = JSON.stringify(hostile(file, createRandom(seed + index, 'hostile')));
    return [`${index}.json`, new TextEncoder().encode(text)] as const;
  });
  const said = { name: '<b onclick="window.attacked = true">name</b>', note: '\u202enote', starred: true, started: 1e300 };
  const index = { runs: files.map(([name]) => ({ file: name, ...said })) };
  const buffer = Buffer.from(zipSync({ ...Object.fromEntries(files), 'runs.json': new TextEncoder().encode(JSON.stringify(index)) }));

  await workbench.button('Runs').click();
  const dialog = page.getByRole('dialog', { name: 'Kept runs' });
  await dialog.getByLabel('Import runs …').setInputFiles({ name: 'runs.zip', mimeType: 'application/zip', buffer });
  const more = dialog.getByRole('button', { name: /^Show \d+ more of/ });
  const rows = dialog.getByRole('row', { name: /^Choose/ });
  await expect(dialog.getByText(/^\d+ runs imported\.$/)).toBeAttached();
  await expect(dialog.getByRole('alert')).toContainText(/^\d+\.json: /);
  const listAll = async () => {
    while ((await more.count()) > 0) await more.click();
  };
  await listAll();
  const count = await rows.count();
  console.log(`${count - 1} of ${FILES} files were taken`);
  expect(count).toBeGreaterThan(FILES / 30);
  const broken: number[] = [];
  for (let row = 0; row < count; row++) {
    await listAll();
    await rows.nth(row).getByRole('button').nth(1).click();
    await expect(dialog.getByText('Reading the run …')).toHaveCount(0);
    const failed = page.getByText(/^(The interface failed|This part of the page failed)/);
    if ((await failed.count()) > 0) {
      broken.push(row);
      console.log(row, await failed.first().innerText());
      await page.reload();
      await workbench.button('Runs').click();
      await expect(rows.first()).toBeVisible();
    } else await dialog.getByRole('button', { name: 'All runs' }).click();
  }
  expect(broken).toEqual([]);
  await page.reload();
  await expect(page.getByText(/^Runs on/)).toBeVisible();
  await workbench.button('Runs').click();
  await expect(rows.first()).toBeVisible();
  await listAll();
  await expect(rows).toHaveCount(count);
  expect(await page.evaluate(() => 'attacked' in window || 'attacked' in {})).toBe(false);
  workbench.expectNoFaults();
});
