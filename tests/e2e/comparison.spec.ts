/** Was the search worth it? Networks that nobody searched for, trained beside the found one. */
import { expect, test } from '@playwright/test';
import type { RunFile } from '../../src/core/runs/runFile';
import { WorkbenchPage } from './workbenchPage';

const short = {
  'Examples per step': 8,
  'Training pictures': 72,
  'Test pictures': 16,
  'Warm-up epochs': 1,
  'Search epochs': 1,
  'Fine-tune epochs': 1,
};

test('other networks are trained beside the found one, stopped midway, gone on with and kept', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.set(short);
  await workbench.button('Start').click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const section = workbench.region('Was the search worth it?');
  await expect(section).toContainText(
    /the largest network that meets the targets, the found one and 5 random networks, each from scratch for 3 epochs/,
  );
  await expect(section).toContainText(/Takes about \d+ s\./);
  const count = section.getByLabel('Random networks');
  await count.fill('21');
  await expect(section.getByRole('alert')).toHaveText('Takes a whole number from 1 to 20.');
  await expect(workbench.button('Train them to compare')).toBeDisabled();
  await count.fill('20');
  await workbench.button('Train them to compare').press('Enter');
  // Three epochs each: of the largest, the found and 20 random networks, or one less if the found one is the largest.
  await expect(workbench.progress).toHaveAttribute('aria-valuetext', /^Comparison, epoch \d+ of (66|69), step \d+ of 8$/);
  await expect(section).toContainText(
    /Comparison, epoch \d+ of \d+, step \d+ of 8, about \d+ s left\. What is trained stays when you stop\./,
  );
  const rows = section.getByRole('row');
  await expect(rows.filter({ hasText: 'Largest by' }).first()).toBeVisible();
  await workbench.button('Stop comparing').press('Enter');
  await expect(section.getByRole('button', { name: /^Train/ })).toBeEnabled();
  await expect(workbench.region('Search').getByText('Finished', { exact: true })).toBeVisible();
  const before = await rows.count();
  expect(before).toBeGreaterThanOrEqual(3);
  await expect(workbench.region('Result').getByRole('row', { name: /^Flash memory/ })).toContainText(' met');

  await count.fill('2');
  await section.getByRole('button', { name: /^Train/ }).click();
  await expect(workbench.status).toHaveText(/Trained from scratch like the others, the found network beats \d+ of \d+ random ones/);
  await expect(section).toContainText(/standard error of about \d+\.\d points/);
  await expect(section.getByRole('row', { name: /^Found network, from scratch/ })).toBeVisible();
  const names = await rows.locator('th').allTextContents();
  const randoms = names.filter((name) => name.startsWith('Random network'));
  expect(await section.locator('.plot').count()).toBe(2);
  expect(await section.locator('.plot').first().locator('path.mark').count()).toBe((await rows.count()) - 1);
  const run = (await workbench.download('Download run')) as RunFile;
  expect(run.stopped).toBe(false);
  expect(run.result?.comparison?.filter(({ as }) => as === 'random')).toHaveLength(randoms.length);
  expect(await workbench.accessibilityFaults()).toEqual([]);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  workbench.expectNoFaults();
});

for (const [method, space, lists] of [
  ['Random networks', 'Candidate operations', true],
  ['Largest that fits', 'Numbers of channels', false],
] as const)
  test(`the method “${method}” goes from its own choices to a result`, { tag: '@more' }, async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await workbench.chooseMethod(method);
    const searched = page.getByLabel('Space', { exact: true });
    await expect(searched).toHaveValue('candidates');
    await searched.selectOption({ label: space });
    await page.getByText('Choices of the method').click();
    await expect(workbench.slider('Flash memory')).toHaveAttribute('min', lists ? '7.871' : '0.169');
    const budget = page.getByLabel('Budget in epochs of the seed network');
    await expect(budget).toHaveValue('');
    await expect(budget).toHaveAttribute('placeholder', 'as the gradient search takes');
    await budget.fill('6');
    if (lists) await page.getByLabel('Networks to try').fill('3');
    await workbench.set(short);
    for (const name of ['Architecture weights', 'Channels kept']) await expect(workbench.region(name)).toHaveCount(0);
    await expect(workbench.region('Cost')).toHaveCount(0);
    await workbench.button('Start').click();
    await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
    const trials = workbench.region('Networks on trial').getByRole('row');
    if (lists) await expect(trials.filter({ hasText: '(leads)' })).toHaveCount(1);
    else await expect(trials).toHaveCount(0);
    const worth = workbench.region('Was the search worth it?');
    await expect(worth).toContainText('for 3 epochs');
    await expect(worth).toContainText(/The search took \d+ s and \d+(\.\d+)? G multiply-accumulates of training\./);
    if (lists) await expect(workbench.region('Networks on trial')).toContainText('321 networks meet the targets.');
    expect(await workbench.accessibilityFaults()).toEqual([]);
    workbench.expectNoFaults();
  });
