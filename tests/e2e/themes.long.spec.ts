/** Every view in both themes, by the rules of accessibility that a program can check; contrast is one of them. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.setTimeout(400_000);

const short = {
  'Examples per step': 8,
  'Training pictures': 72,
  'Test pictures': 16,
  'Warm-up epochs': 1,
  'Search epochs': 2,
  'Fine-tune epochs': 1,
};

test('no view in either theme has a fault that a program can find', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  const found: string[] = [];
  const check = async (view: string) => {
    found.push(...(await workbench.accessibilityFaults()).map((fault) => `${view}: ${fault}`));
    // Nothing else depends on colours.
    await page.emulateMedia({ colorScheme: 'dark' });
    found.push(...(await workbench.accessibilityFaults('color-contrast')).map((fault) => `${view}, dark: ${fault}`));
    await page.emulateMedia({ colorScheme: 'light' });
  };
  const close = () => page.keyboard.press('Escape');
  await workbench.open();
  await expect(workbench.region('At a glance')).toContainText('Found a network that fits');
  await check('recorded run');
  for (const [name, button] of [
    ['pictures', 'Look at the pictures …'],
    ['hub', 'From the Hugging Face hub …'],
    ['shortcuts', 'Keyboard shortcuts'],
  ] as const) {
    await workbench.button(button).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(name);
    await close();
  }
  await workbench.button('Lessons').click();
  await check('lessons');
  await workbench.button('What a mixed operation learns').click();
  await workbench.button('Next').click();
  await check('lesson');
  await workbench.button('End the lesson').click();
  await close();

  await workbench.chooseMethod('Candidates, then channels');
  await workbench.set(short);
  await page.locator('details:not(.chart-menu)').evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));
  await check('settings');
  await workbench.button('Start').click();
  await workbench.firstStep();
  await workbench.button('Pause').click();
  await check('search');
  await workbench.button('Resume').click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  await page.getByText('Why this network?', { exact: true }).click();
  const layer = workbench.region('Network').locator('ol > li').nth(2);
  await layer.click();
  await check('result, its reasons and a layer');
  await close();
  const tables = page.getByRole('button', { name: /^Show table of/ });
  const shown = page.getByRole('button', { name: /^(Show chart of|Hide table of layers)/ });
  while ((await tables.count()) > 0) await tables.first().click();
  await expect(shown.first()).toBeVisible();
  await check('tables');
  for (const key of ['d', 'p']) {
    await page.keyboard.press(key);
    await expect(
      key === 'd' ? page.getByRole('dialog', { name: 'Report' }) : page.getByRole('main', { name: 'Presentation' }),
    ).toBeVisible();
    await check(key === 'd' ? 'report' : 'presentation');
    await close();
  }
  await workbench.button('Export for a device …').click();
  await expect(page.getByRole('button', { name: /TFLite/ })).toBeVisible();
  await check('export');
  await close();
  await workbench.button('Runs').click();
  const runs = page.getByRole('dialog', { name: 'Kept runs' });
  await runs.getByRole('checkbox', { name: /^Choose/ }).check();
  await check('runs');
  await runs.getByRole('button', { name: 'Sweep …' }).click();
  await check('sweep');
  await runs.getByRole('button', { name: 'All runs' }).click();
  await runs
    .getByRole('button', { name: /^Image/ })
    .first()
    .click();
  await expect(runs.getByRole('region', { name: 'Result' })).toBeVisible();
  await check('kept run');
  expect(found).toEqual([]);
  workbench.expectNoFaults();
});
