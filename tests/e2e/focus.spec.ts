/** Where the focus is when the button that had it is disabled or goes away. */
import { expect, test } from '@playwright/test';
import { manyRuns } from '../support/keptSummaries';
import { keepRuns } from './keepRuns';
import { WorkbenchPage } from './workbenchPage';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const long = { 'Training pictures': 72, 'Test pictures': 16, 'Examples per step': 8, 'Warm-up epochs': 1, 'Search epochs': 200 };

test('the buttons of a run hand the focus on, and leave it to a person who has moved on', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.pickBackend('WebAssembly');
  await workbench.set(long);
  await workbench.button('Step').press('Enter');
  await workbench.firstStep();
  await expect(workbench.button('Step')).toBeFocused();
  await workbench.button('Reset').press('Enter');
  await expect(workbench.button('Start')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(workbench.button('Pause')).toBeFocused();
  await workbench.firstStep();
  await workbench.button('Stop').press('Enter');
  await expect(workbench.button('Start')).toBeFocused();
  await page.keyboard.press('Enter');
  await workbench.slider('Latency').focus();
  await workbench.firstStep();
  await expect(workbench.slider('Latency')).toBeFocused();
  // A press beside all controls is moving on, too.
  await workbench.button('Stop').press('Enter');
  await expect(workbench.button('Start')).toBeFocused();
  await workbench.button('Start').evaluate(async (start: HTMLButtonElement) => {
    start.click();
    while (!start.disabled) await new Promise((resolve) => setTimeout(resolve));
    // Before the search runs.
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  });
  await expect(workbench.button('Pause')).toBeEnabled();
  await workbench.firstStep();
  await expect(workbench.button('Pause')).not.toBeFocused();
  workbench.expectNoFaults();
});

test('a comparison hands the focus on to what stops it, and back', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.pickBackend('WebAssembly');
  await workbench.set({ ...long, 'Search epochs': 1, 'Fine-tune epochs': 1 });
  await workbench.button('Start').press('Enter');
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  await expect(workbench.button('Start')).toBeFocused();
  await page.getByLabel('Random networks').fill('20');
  await workbench.button('Train them to compare').press('Enter');
  await expect(workbench.button('Stop comparing')).toBeFocused();
  await expect(workbench.region('Was the search worth it?')).toContainText(/Comparison, epoch \d+/);
  await page.keyboard.press('Enter');
  await expect(workbench.region('Was the search worth it?').getByRole('button', { name: /^Train/ })).toBeFocused();
  workbench.expectNoFaults();
});

test('the list of runs keeps the focus as runs and views come and go', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await keepRuns(page, manyRuns(3));
  await page.reload();
  await workbench.open();
  await workbench.button('Runs').press('Enter');
  const runs = page.getByRole('dialog', { name: 'Kept runs' });
  const heading = (name: string) => runs.getByRole('heading', { name, exact: true, level: 2 }).first();
  const press = (name: RegExp | string) =>
    runs
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .press('Enter');
  await press(/^Delete .*seed 2/);
  await expect(runs.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(heading('Runs')).toBeFocused();
  await press('Sweep …');
  await expect(heading('Sweep')).toBeFocused();
  await press('All runs');
  await expect(heading('Runs')).toBeFocused();
  await press(/^Visual wake words, seed 2/i);
  await expect(heading('Run')).toBeFocused();
  await press('All runs');
  await expect(heading('Runs')).toBeFocused();
  await runs
    .getByRole('checkbox', { name: /^Choose/ })
    .first()
    .check();
  await press('Delete 1 run');
  await expect(runs.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(workbench.button('Runs')).toBeFocused();
});
