/** Training on WebGPU, on Chromium's software adapter, which is slow but correct. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

const tiny = {
  'Examples per step': 2,
  'Training pictures': 8,
  'Test pictures': 2,
  'Warm-up epochs': 0,
  'Search epochs': 1,
  'Fine-tune epochs': 0,
};
const STEPS = 2;

test('a software adapter is passed over, and its losses equal the CPU’s when a person picks it', { tag: '@alone' }, async ({ page }) => {
  test.setTimeout(300_000);
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(page.getByText(/WebGPU is not used: only a software adapter/)).toBeVisible();
  await workbench.set(tiny);
  const losses: Record<string, number[]> = {};
  for (const backend of ['WebGPU', 'plain JavaScript']) {
    await workbench.pickBackend(backend);
    for (let step = 1; step <= STEPS; step++) {
      await workbench.button('Step').click();
      if (backend === 'WebGPU' && step === 1) await expect(page.getByText(/Preparing the .*: \d+ of \d+ kernels compiled/)).toBeVisible();
      await expect.poll(async () => (await workbench.table('Loss').catch(() => []))[0]?.[0], { timeout: 120_000 }).toBe(step);
    }
    losses[backend] = (await workbench.table('Loss')).map(([, loss]) => loss as number);
    await workbench.button('Reset').click();
    await expect(workbench.button('Start')).toBeEnabled();
  }
  expect(losses.WebGPU).toHaveLength(STEPS);
  for (const [index, loss] of (losses.WebGPU ?? []).entries())
    expect(Math.abs(loss - (losses['plain JavaScript']?.[index] ?? NaN))).toBeLessThan(2e-3);
});
