/** Searches other than the default one, chosen like a person would. */
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

test('a search over channels shows what each layer keeps, and reaches targets that candidates alone do not', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseMethod('Channels (channel search)');
  await expect(workbench.slider('Flash memory')).toHaveAttribute('min', '0.169');
  await expect(workbench.region('Network')).toContainText('3×3 conv. 16/16');
  await expect(workbench.region('Channels kept')).toContainText('How many channels are kept at each place');
  await page.getByLabel('Flash memory target in kB').fill('4');
  await workbench.set(short);
  await workbench.button('Start').click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const result = workbench.region('Result');
  await expect(result.getByRole('row', { name: /^stemConv \d+ of 16/ })).toBeVisible();
  await expect(result.getByRole('row', { name: /^Flash memory/ })).toContainText(' met');
  expect((await workbench.table('stemConv'))[0]?.[1]).toBeGreaterThan(0);
  const run = (await workbench.download('Download run')) as RunFile;
  expect(run.config.method).toBe('pit');
  expect(run.result?.constraints[0]?.value).toBeLessThanOrEqual(4_000);
  workbench.expectNoFaults();
});

test('choices of the method reach the run', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseMethod('Candidate operations (SuperNet)');
  await expect(workbench.region('Architecture weights')).toContainText('How much each candidate operation counts');
  await workbench.set(short);
  await page.getByText('Choices of the method').click();
  await page.getByLabel('Candidates’ weights').selectOption({ label: 'Gumbel-softmax' });
  await page.getByLabel('Mixing').selectOption({ label: 'One candidate at a time' });
  await page.getByLabel('Architecture learns from').selectOption({ label: 'Validation examples, by steps' });
  await page.getByLabel('Validation share').fill('0.2');
  await page.getByLabel('Costs are').selectOption({ label: 'Objectives of fixed strength' });
  await page.getByLabel('Strength of the costs').fill('0.3');
  await workbench.button('Start').click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const { config, result } = (await workbench.download('Download run')) as RunFile;
  expect(config).toMatchObject({
    sampling: { noise: 'gumbel', hard: true },
    bilevel: { candidates: 'steps' },
    validationShare: 0.2,
    objective: { metrics: ['flashBytes', 'latencyMs'], strength: 0.3 },
  });
  expect(result?.constraints).toEqual([]);
  expect(result?.objectives).toHaveLength(2);
  workbench.expectNoFaults();
});
