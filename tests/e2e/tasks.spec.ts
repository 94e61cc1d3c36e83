/** Tasks other than the first, chosen and searched like a person would. */
import { expect, test } from '@playwright/test';
import type { RunFile } from '../../src/core/runs/runFile';
import { WorkbenchPage } from './workbenchPage';

test('machine sounds are searched and judged by machine, by their own measures', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByLabel('Task', { exact: true }).selectOption({ label: 'Anomaly detection' });
  await expect(page.getByText(/Built-in machine hum \(synthetic\)/)).toBeVisible();
  await workbench.chooseMethod('Channels (channel search)');
  await workbench.set({ 'Warm-up epochs': 1, 'Search epochs': 1, 'Fine-tune epochs': 2 });
  await page.getByLabel('Training pieces of sound', { exact: true }).fill('960');
  await page.getByLabel('Test pieces of sound', { exact: true }).fill('480');
  await workbench.button('Start').click();
  await expect(workbench.status).toHaveText(/Search finished: AUC/, { timeout: 120_000 });
  const result = workbench.region('Result');
  await expect(result.getByRole('row', { name: /^AUC, machine 1 / })).toBeVisible();
  await expect(result.getByRole('row', { name: /^Flash memory/ })).toContainText(' met');
  await expect(workbench.region('Reconstruction error')).toBeVisible();
  const { config, result: found } = (await workbench.download('Download run')) as RunFile;
  expect(config.task).toBe('ad');
  expect(found?.quality.id).toBe('auc');
  workbench.expectNoFaults();
});

test('a task without candidates is searched by a method that needs none', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const method = page.getByLabel('Method', { exact: true });
  await workbench.chooseMethod('Candidate operations (SuperNet)');
  await expect(method).toHaveValue('supernet');
  await page.getByLabel('Task', { exact: true }).selectOption({ label: 'Tiny ImageNet at 32×32 (demo)' });
  await expect(method).toHaveValue('pit');
  await expect(method.locator('option', { hasText: 'SuperNet' })).toHaveCount(0);
  await page.getByLabel('Task', { exact: true }).selectOption({ label: 'Keyword spotting' });
  await expect(page.getByText(/Built-in word-like sounds \(synthetic\), 12 classes/)).toBeVisible();
  await expect(workbench.region('Network')).toContainText('clip');
  workbench.expectNoFaults();
});
