/** Own pictures in CIFAR-10's binary layout: good files, bad files, picked and dropped. */
import { expect, test, type Page } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

const RECORD = 3073;

function pictures(name: string, count: number, labelOf: (index: number) => number) {
  const buffer = Buffer.alloc(count * RECORD);
  for (let index = 0; index < count; index++) {
    buffer.fill((index * 37) % 256, index * RECORD, (index + 1) * RECORD);
    buffer[index * RECORD] = labelOf(index);
  }
  return { name, mimeType: 'application/octet-stream', buffer };
}

const train = pictures('data_batch_1.bin', 40, (index) => index % 10);
const testFile = pictures('test_batch.bin', 12, (index) => index % 10);
const pick = (page: Page, ...files: (typeof train)[]) => page.getByLabel('Own pictures').setInputFiles(files);

test('good files are taken, trained on, and the built-in pictures come back', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await pick(page, train, testFile);
  await expect(workbench.region('Set-up')).toContainText('Own pictures, 10 classes: 40 of 40 for training, 12 of 12 for testing');
  await workbench.set({ 'Pictures per step': 4 });
  await workbench.button('Step').click();
  await workbench.firstStep();
  await workbench.button('Reset').click();
  await workbench.button('Built-in pictures').click();
  await expect(workbench.region('Set-up')).toContainText('Built-in shapes (synthetic)');
  workbench.expectNoFaults();
});

test('class names give another number of classes', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const names = { name: 'batches.meta.txt', mimeType: 'text/plain', buffer: Buffer.from('cat\ndog\n') };
  await pick(
    page,
    pictures('data_batch_1.bin', 70, (index) => index % 2),
    pictures('test_batch.bin', 4, () => 1),
    names,
  );
  await expect(workbench.region('Set-up')).toContainText('2 classes');
  await expect(workbench.region('Network')).toContainText('dense, 2 classes');
});

const bad: [string, (typeof train)[], RegExp][] = [
  [
    'of a wrong size',
    [{ ...train, buffer: train.buffer.subarray(0, 5000) }, testFile],
    /data_batch_1\.bin has 5,000 bytes.*multiple of 3,073/,
  ],
  [
    'with a label out of range',
    [train, pictures('test_batch.bin', 3, () => 200)],
    /test_batch\.bin has label 200 at picture 1; labels must be below 10/,
  ],
  ['without a test file', [train], /test_batch\.bin is missing/],
];

for (const [what, files, message] of bad)
  test(`files ${what} get one message, and the pictures stay`, async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await pick(page, ...files);
    await expect(page.getByRole('alert')).toHaveText(message);
    await expect(page.getByRole('alert')).toHaveCount(1);
    await expect(workbench.region('Set-up')).toContainText('Built-in shapes (synthetic)');
    await expect(workbench.button('Start')).toBeEnabled();
  });

test('files can be dropped', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const transfer = await page.evaluateHandle(
    (files) => {
      const data = new DataTransfer();
      for (const { name, bytes } of files) data.items.add(new File([new Uint8Array(bytes)], name));
      return data;
    },
    [train, testFile].map(({ name, buffer }) => ({ name, bytes: [...buffer] })),
  );
  await page.getByRole('heading', { name: 'Pictures' }).dispatchEvent('drop', { dataTransfer: transfer });
  await expect(workbench.region('Set-up')).toContainText('Own pictures, 10 classes: 40 of 40 for training');
});
