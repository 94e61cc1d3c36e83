/** Room for kept runs that ends, in a browser that tells how much there really is. */
import { test as base, expect } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

// Chromium otherwise tells every page that 10 GiB are left, so that pages cannot know private windows by it.
const test = base.extend<object>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--disable-features=StaticStorageQuota'] });
    },
    { scope: 'worker' },
  ],
});

test('room that ends is told, and made by a person alone, without losing a result', { tag: '@more' }, async ({ page, context }) => {
  await page.addInitScript(() => {
    navigator.storage.persist = () => {
      document.documentElement.dataset.asked = 'to stay';
      return Promise.resolve(false);
    };
  });
  const asked = page.locator('html[data-asked]');
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(asked).toHaveCount(0);
  await workbench.pickBackend('WebAssembly');
  await workbench.set({ 'Training pictures': 72, 'Test pictures': 16, 'Examples per step': 8, 'Warm-up epochs': 0, 'Search epochs': 1 });
  await workbench.set({ 'Fine-tune epochs': 0 });
  await workbench.button('Start').click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  // At the first run that is kept the browser is asked not to clear the storage.
  await expect(asked).toHaveCount(1);
  const browser = await context.newCDPSession(page);
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: Math.round(used / 0.85) });

  await page.reload();
  const notice = workbench.region('Room for kept runs');
  await expect(notice).toContainText(
    /^Room for kept runs8\d% of the room that the browser gives this page are used: [\d.]+ MB of [\d.]+ MB/,
  );
  await expect(workbench.status).toContainText('More than four fifths of the room');
  await expect(notice.getByRole('listitem')).toHaveText(/^Image classification, seed 1, .*: [\d.]+ MB$/);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await notice.getByRole('button', { name: /^Delete this checkpoint, free [\d.]+ MB$/ }).focus();
  await page.keyboard.press('Enter');
  await expect(notice).toContainText(/Deleted: the checkpoints of 1 run \(“Image classification, seed 1”; [\d.]+ MB\)\./);
  await expect(workbench.status).toContainText('Deleted: the checkpoints of 1 run');
  expect(await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)).toBeLessThan(used * 0.8);
  await notice.getByRole('button', { name: 'OK' }).click();
  await expect(notice).toHaveCount(0);
  await workbench.button('Runs').click();
  const runs = page.getByRole('dialog', { name: 'Kept runs' });
  await runs.getByRole('button', { name: 'Image classification, seed 1', exact: true }).click();
  await expect(runs).toContainText('Found a network that fits');
  await expect(runs.getByRole('button', { name: 'Use its settings' })).toBeEnabled();
  await expect(runs.getByRole('button', { name: 'Load, to go on from its result' })).toHaveCount(0);
  workbench.expectNoFaults();
});
