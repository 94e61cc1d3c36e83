/** Nothing is wider than the screen, also while a search runs and after it. */
import { expect, test } from '@playwright/test';
import { openAll, tooWide } from './tooWide';
import { WorkbenchPage } from './workbenchPage';

test('the page fits every width while a search runs, after it, and with its charts as tables', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseMethod('Candidates, then channels');
  for (const limit of ['MACs', 'parameters', 'peak RAM']) {
    await openAll(page);
    await page.getByLabel(`Limit ${limit}`).check();
  }
  await workbench.set({ 'Examples per step': 8, 'Training pictures': 40, 'Test pictures': 8 });
  await workbench.set({ 'Warm-up epochs': 0, 'Search epochs': 1, 'Fine-tune epochs': 0 });
  await workbench.button('Start').click();
  await workbench.firstStep();
  expect(await tooWide(page)).toEqual([]);
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  expect(await tooWide(page)).toEqual([]);
  // The names of what was chosen stand whole beside their channels.
  const names = page.locator('.drawing .chosen:has(.channels) .candidate');
  expect(await names.count()).toBeGreaterThan(0);
  expect(await names.evaluateAll((all) => all.filter((name) => name.scrollWidth > name.clientWidth + 1).length)).toBe(0);
  const tables = page.getByRole('button', { name: /^Show table of/ });
  while ((await tables.count()) > 0) await tables.first().click();
  expect(await tooWide(page)).toEqual([]);
});
