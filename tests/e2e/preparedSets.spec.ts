/** Own examples that stay in the browser after they were read, and imports that are given up. */
import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { zipOf } from '../support/archives';
import { WorkbenchPage } from './workbenchPage';

const picture = (value: number) =>
  sharp({ create: { width: 4, height: 4, channels: 3, background: { r: value, g: 255 - value, b: (7 * value) % 256 } } })
    .png()
    .toBuffer();

/** Pictures of two classes, a quarter of them to test on. They repeat after 250. */
async function archive(name: string, count: number) {
  const files = await Promise.all(Array.from({ length: Math.min(count, 250) }, (_, index) => picture(index)));
  const contents = Array.from({ length: count }, (_, index) => ({
    name: `${index % 4 === 0 ? 'test' : 'train'}/${index % 3 === 0 ? 'cat' : 'dog'}/${index}.png`,
    bytes: files[index % files.length] as Buffer,
    stored: true,
  }));
  return { name, mimeType: 'application/zip', buffer: Buffer.from(zipOf(contents)) };
}

const pick = (page: Page, file: Awaited<ReturnType<typeof archive>>) => page.getByLabel('Own pictures').setInputFiles(file);
const small = 'Own pictures, 2 classes: 150 of 150 for training, 50 of 50 for testing';

test('a set that was read is there after a reload, until it is deleted', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const setup = workbench.region('Set-up');
  await pick(page, await archive('mine.zip', 200));
  await expect(setup).toContainText(small);
  await expect(workbench.button('Use mine.zip')).toBeEnabled();
  await expect(setup).toContainText(
    /Image classification, 150 training and 50 test pictures, 0\.6 MB, .*Kept in this browser: 0\.6 MB together/,
  );
  expect(await workbench.accessibilityFaults()).toEqual([]);
  // Another task is left for that of the set.
  await page.reload();
  await page.getByLabel('Task').selectOption({ index: 1 });
  await expect(setup).not.toContainText('Built-in shapes');
  await workbench.button('Use mine.zip').click();
  await expect(setup).toContainText(small);
  await expect(workbench.status).toContainText('Own pictures: 150 training and 50 test pictures.');
  await workbench.button('Delete mine.zip').click();
  await expect(workbench.button('Use mine.zip')).toHaveCount(0);
  // What is in use stays in use.
  await workbench.button('Step').click();
  await workbench.firstStep();
  await page.reload();
  await expect(page.getByText(/^Runs on/)).toBeVisible();
  await expect(setup).toContainText('Built-in shapes');
  await expect(workbench.button('Use mine.zip')).toHaveCount(0);
  workbench.expectNoFaults();
});

test('an import that is cancelled ends at once and leaves the pictures in use', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await pick(page, await archive('many.zip', 20_000));
  await expect(page.getByRole('progressbar', { name: /^Reading files: [1-9].* of 20,000 files, .* MB/ })).toBeVisible();
  await workbench.button('Cancel').click();
  await expect(workbench.status).toHaveText('Cancelled. Nothing has changed.', { timeout: 1000 });
  await expect(page.getByRole('progressbar', { name: /^Reading files/ })).toHaveCount(0);
  await expect(workbench.region('Set-up')).toContainText('Built-in shapes');
  await expect(workbench.button('Use many.zip')).toHaveCount(0);
  await pick(page, await archive('mine.zip', 200));
  await expect(workbench.region('Set-up')).toContainText(small);
  workbench.expectNoFaults();
});

test('where the space ends, a set is used and not kept, and the reason is told', { tag: '@more' }, async ({ page, baseURL }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Storage.overrideQuotaForOrigin', { origin: baseURL as string, quotaSize: 500_000 });
  await pick(page, await archive('mine.zip', 200));
  await expect(workbench.region('Set-up')).toContainText(small);
  await expect(workbench.region('Set-up')).toContainText(
    /These examples are in use but were not kept: they take 0\.6 MB, and this browser leaves the page less\. Free some of the disk/,
  );
  await expect(workbench.button('Use mine.zip')).toHaveCount(0);
  workbench.expectNoFaults();
});
