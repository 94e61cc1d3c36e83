/** A thousand kept runs: listed, found, sorted and drawn without a wait that a person would notice. */
import { expect, test } from '@playwright/test';
import { manyRuns } from '../support/keptSummaries';
import { keepRuns } from './keepRuns';
import { WorkbenchPage } from './workbenchPage';

const RUNS = 1000;
/** Times depend on the machine, so they are printed; a list that takes this long has stalled. */
const STALLED_MS = 5000;

test('a thousand runs stay quick', { tag: '@alone' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await keepRuns(
    page,
    manyRuns(RUNS).map(({ label: _, held: __, ...summary }) => ({ ...summary, state: 'finished' })),
  );
  await page.reload();
  await workbench.open();
  const took = async (what: string, act: () => Promise<void>) => {
    const start = performance.now();
    await act();
    const ms = performance.now() - start;
    console.log(`${what}: ${ms.toFixed(0)} ms`);
    expect(ms).toBeLessThan(STALLED_MS);
  };
  const dialog = page.getByRole('dialog', { name: 'Kept runs' });
  const rows = dialog.getByRole('row', { name: /^Choose/ });
  await took('opened', async () => {
    await workbench.button('Runs').click();
    await expect(rows.first()).toBeVisible();
  });
  await expect(dialog.getByText('1,000 runs', { exact: true })).toBeVisible();
  await took('found', async () => {
    await dialog.getByRole('searchbox').fill('seed 777');
    await expect(rows).toHaveCount(1);
  });
  await dialog.getByRole('searchbox').fill('');
  await took('sorted', async () => {
    await dialog.getByLabel('Order').selectOption({ label: 'Oldest first' });
    await expect(rows.first()).toContainText('seed 0');
  });
  await took('deleted', async () => {
    await rows
      .first()
      .getByRole('button', { name: /^Delete/ })
      .click();
    await expect(dialog.getByText('999 runs', { exact: true })).toBeVisible();
  });
  workbench.expectNoFaults();
});
