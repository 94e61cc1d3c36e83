/** The list of kept runs as it looks. */
import { expect, test, type Page } from '@playwright/test';
import { manyRuns } from '../support/keptSummaries';
import { keepRuns } from './keepRuns';
import { WorkbenchPage } from './workbenchPage';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Kept runs' });

test('the list of runs shows all of a run at every width', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await keepRuns(page, manyRuns(6));
  await page.reload();
  await workbench.open();
  await workbench.button('Runs').click();
  const table = dialog(page).getByRole('group', { name: 'Runs, table' });
  const row = table.getByRole('row', { name: /^Choose/ }).first();
  for (const width of [320, 390, 760, 768, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const cells = row.getByRole('cell');
    await expect(cells).toHaveCount(7);
    const reach = await table.evaluate((element) => {
      const right = element.getBoundingClientRect().left + element.clientWidth;
      return [...element.querySelectorAll('td, th')].filter((cell) => cell.getBoundingClientRect().right > right + 0.5).length;
    });
    expect(reach, `cells over the edge at ${width}`).toBe(0);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  // Each value still has the name of its column.
  const heads = await row.getByRole('cell').evaluateAll((all) => all.map((cell) => getComputedStyle(cell, '::before').content));
  expect(heads.join('').match(/[A-Z][a-z ]+/g)).toEqual(['State ', 'Quality ', 'Flash memory ', 'Latency ', 'Started ']);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  workbench.expectNoFaults();
});
