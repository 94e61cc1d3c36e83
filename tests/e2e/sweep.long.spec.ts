/** A sweep of the page: made up, worked off over a reload, and its results among the runs. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

const short = {
  'Examples per step': 8,
  'Training pictures': 72,
  'Test pictures': 16,
  'Warm-up epochs': 1,
  'Search epochs': 5,
  'Fine-tune epochs': 1,
};

test('a sweep goes on after a reload, and each of its searches is a run', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseMethod('Candidate operations (SuperNet)');
  await workbench.pickBackend('WebAssembly');
  await workbench.set(short);
  await workbench.button('Runs').click();
  const dialog = page.getByRole('dialog', { name: 'Kept runs' });
  await dialog.getByRole('button', { name: 'Sweep …' }).click();
  await dialog.getByRole('checkbox', { name: /channel search\)$/ }).check();
  await dialog.getByLabel('Random seeds').fill('1-');
  await expect(dialog.getByRole('alert')).toContainText('Random seeds takes numbers and ranges');
  await dialog.getByLabel('Random seeds').fill('1-2');
  // The second target is out of reach, which is a result as well.
  await dialog.getByLabel('Flash memory (kB)').fill('40, 0.1');
  await expect(dialog.getByText(/^8 searches; how long they take is not known/)).toBeVisible();
  await expect(dialog.getByRole('alert')).toContainText('Of these searches 4 have targets that no network in the space meets');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  const [saved] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download as a plan' }).click()]);
  const lines = (await readFile(await saved.path(), 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(9);
  await dialog.getByLabel('Random seeds').fill('1');
  // The same four as a list, which waits, and from which two are taken out.
  await dialog.getByRole('button', { name: 'Add to the sweep' }).click();
  await expect(dialog.getByText('4 searches are added.')).toBeVisible();
  await dialog.getByRole('button', { name: 'All runs' }).click();
  const progress = dialog.getByRole('group', { name: 'Sweep', exact: true });
  await expect(progress).toContainText('0 of 4 searches of the sweep have ended; paused');
  await progress.getByText('Searches of the sweep', { exact: true }).click();
  await progress
    .getByRole('button', { name: /^Take out .* 0\.1 kB/ })
    .first()
    .click();
  await progress.getByRole('button', { name: /^Take out .* 0\.1 kB/ }).click();
  await expect(progress).toContainText('0 of 2 searches');
  await expect(progress.getByRole('listitem').first()).toContainText('random seed 1, epochs 1+5+1: waits');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  // Settings that are chosen later come behind them.
  await dialog.getByRole('button', { name: 'Sweep …' }).click();
  await dialog.getByRole('checkbox', { name: /channel search\)$/ }).check();
  await dialog.getByLabel('Flash memory (kB)').fill('0.1');
  await dialog.getByLabel('Random seeds').fill('1');
  await dialog.getByRole('button', { name: 'Add to the sweep' }).click();
  await dialog.getByRole('button', { name: 'All runs' }).click();
  await expect(progress).toContainText('0 of 4 searches');
  await progress.getByRole('button', { name: 'Continue sweep' }).click();
  await expect(progress).toContainText('of 4 searches of the sweep');
  await expect(dialog.getByRole('row', { name: /Under way/ })).toBeVisible();

  await page.reload();
  const notice = page.getByRole('region', { name: 'Sweep' });
  await expect(notice).toContainText('of 4 searches of the sweep');
  await notice.getByRole('button', { name: 'Pause sweep' }).click();
  await expect(notice).toContainText('paused');
  await notice.getByRole('button', { name: 'Continue sweep' }).click();
  await expect(notice).toContainText('4 of 4 searches of the sweep have ended, 2 without a network', { timeout: 120_000 });
  await workbench.button('Runs').click();
  await expect(dialog.getByRole('row', { name: /^Choose/ }).filter({ hasText: 'Finished' })).toHaveCount(2);
  // The interrupted one went on: it has no twin.
  await expect(dialog.getByRole('row', { name: /^Choose/ })).toHaveCount(2);
  await progress.getByText('Why there is no network').click();
  await expect(progress.getByRole('listitem').first()).toContainText('The least flash memory within reach is');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await progress.getByRole('button', { name: 'Done' }).click();
  await expect(progress).toHaveCount(0);
  // What a search of it has found can be taken to a device, as from any other search.
  await dialog
    .getByRole('row', { name: /^Choose/ })
    .getByRole('button', { name: /^Image/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: 'Load, to go on from its result' }).click();
  await expect(workbench.status.filter({ hasText: 'Run loaded: accuracy' })).toHaveCount(1);
  await workbench.button('Export for a device …').click();
  const [file] = await Promise.all([page.waitForEvent('download'), workbench.button('Download TFLite (int8)').click()]);
  expect((await readFile(await file.path())).toString('latin1')).toContain('model.tflite');
});
