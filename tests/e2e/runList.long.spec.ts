/** The list of kept runs as it looks. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { manyRuns, summaryFor } from '../support/keptSummaries';
import { keepRuns } from './keepRuns';
import { WorkbenchPage } from './workbenchPage';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Kept runs' });

/** The dialog with these runs. */
async function listOf(page: Page, runs: Parameters<typeof keepRuns>[1]) {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await keepRuns(page, runs);
  await page.reload();
  await workbench.open();
  await workbench.button('Runs').click();
  return workbench;
}

test('the list of runs shows all of a run at every width', async ({ page }) => {
  const workbench = await listOf(page, manyRuns(6));
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

test('runs of the same settings are told apart, wherever they are named', async ({ page }) => {
  const same = [1, 2, 3].map((at) => ({
    ...summaryFor(`run-${at}`),
    started: at * 60_000,
    costs: { flashBytes: at * 1000 },
    quality: at / 4,
  }));
  const workbench = await listOf(page, same);
  const runs = dialog(page);
  const name = 'Image classification, seed 1';
  const rows = runs.getByRole('row', { name: /^Choose/ });
  await expect(rows).toHaveCount(3);
  for (const [at, text] of [`${name} (3)`, `${name} (2)`, name].entries())
    await expect(rows.nth(at).getByRole('rowheader').getByRole('button').last()).toHaveText(text);
  const front = runs.getByRole('region', { name: 'Quality over cost' }).getByRole('listitem');
  await expect(front).toHaveText([`${name}: 25.0 %, 1 kB`, `${name} (2): 50.0 %, 2 kB`, `${name} (3): 75.0 %, 3 kB`]);
  // The number of a run stays when others are deleted, and after a reload.
  await runs.getByRole('button', { name: `Delete ${name}`, exact: true }).click();
  await runs.getByRole('button', { name: 'Delete for good' }).click();
  await page.reload();
  await workbench.button('Runs').click();
  await expect(rows).toHaveCount(2);
  await expect(front).toHaveText([`${name} (2): 50.0 %, 2 kB`, `${name} (3): 75.0 %, 3 kB`]);
  // What is listed of the front opens its run.
  await front.first().getByRole('button').click();
  await expect(runs.getByLabel('Name')).toHaveAttribute('placeholder', `${name} (2)`);
  await expect(runs.getByText('at most').or(runs.getByText('Finished')).first()).toBeVisible();
  workbench.expectNoFaults();
});

test('charts under the list leave no half of it empty', async ({ page }) => {
  const workbench = await listOf(page, manyRuns(6));
  const runs = dialog(page);
  const place = async (of: Locator) => (await of.boundingBox()) as { x: number; y: number; width: number; height: number };
  for (const at of [0, 1])
    await runs
      .getByRole('checkbox', { name: /^Choose/ })
      .nth(at)
      .check();
  const chosen = runs.getByRole('region', { name: 'Chosen runs over each other' });
  // What is kept of these runs has no curves.
  await expect(chosen).toContainText('There is nothing to draw: the chosen runs have no curves.');
  const front = runs.getByRole('region', { name: 'Quality over cost' });
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const table = await place(runs.getByRole('group', { name: 'Runs, table' }));
    for (const section of [chosen, front]) expect((await place(section)).width).toBe(table.width);
    const [chart, list] = [await place(front.getByRole('figure')), await place(front.getByRole('list'))];
    if (width > 1000) expect(list.x).toBeGreaterThan(chart.x + chart.width);
    else expect(list.y).toBeGreaterThan(chart.y + chart.height);
  }
  workbench.expectNoFaults();
});
