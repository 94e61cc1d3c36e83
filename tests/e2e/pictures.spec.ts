/** Own pictures in CIFAR-10's binary layout: good files and bad files, picked and dropped. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

const RECORD = 3073;

/** Pictures of one colour each. @param first makes the colours of each file different */
function pictures(name: string, count: number, labelOf: (index: number) => number, first = 0) {
  const buffer = Buffer.alloc(count * RECORD);
  for (let index = 0; index < count; index++) {
    buffer.fill(((first + index) * 37) % 256, index * RECORD, (index + 1) * RECORD);
    buffer[index * RECORD] = labelOf(index);
  }
  return { name, mimeType: 'application/octet-stream', buffer };
}

const train = pictures('data_batch_1.bin', 40, (index) => index % 10);
const testFile = pictures('test_batch.bin', 12, (index) => index % 10, 100);
const pick = (page: Page, ...files: (typeof train)[]) => page.getByLabel('Own pictures').setInputFiles(files);

test('good files are taken, trained on, and the built-in pictures come back', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await pick(page, train, testFile);
  await expect(workbench.region('Set-up')).toContainText('Own pictures, 10 classes: 40 of 40 for training, 12 of 12 for testing');
  await workbench.set({ 'Examples per step': 4 });
  await workbench.button('Step').click();
  await workbench.firstStep();
  await workbench.button('Reset').click();
  await workbench.button('Built-in pictures').click();
  await expect(workbench.region('Set-up')).toContainText('Built-in shapes (synthetic)');
  workbench.expectNoFaults();
});

test('class names give another number of classes', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const names = { name: 'batches.meta.txt', mimeType: 'text/plain', buffer: Buffer.from('cat\ndog\n') };
  await pick(
    page,
    pictures('data_batch_1.bin', 70, (index) => index % 2),
    pictures('test_batch.bin', 4, () => 1, 100),
    names,
  );
  await expect(workbench.region('Set-up')).toContainText('2 classes');
  await expect(workbench.region('Network')).toContainText('dense, 2');
});

test(
  'pictures ordered by class are sampled from every class, and what is missing is told before the start and in the run',
  { tag: '@more' },
  async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    const setup = workbench.region('Set-up').getByRole('list', { name: 'Warnings' });
    await pick(
      page,
      pictures('data_batch_1.bin', 80, (index) => Math.floor(index / 8)),
      pictures('test_batch.bin', 20, (index) => Math.floor(index / 2), 100),
    );
    await workbench.set({ 'Examples per step': 4 });
    await expect(setup).toHaveText(/^No validation picture is of classes .*: epochs are chosen without them\.$/);
    await expect(workbench.status).toContainText('No validation picture is of classes');
    await workbench.set({ 'Training pictures': 60, 'Test pictures': 9 });
    await expect(setup).toContainText(/No test picture is of class "class \d": results say nothing about it\./);
    expect(await workbench.accessibilityFaults()).toEqual([]);
    await page.getByText('Choices of the method').click();
    await page.getByLabel('Validation share').fill('0.2');
    await workbench.set({ 'Test pictures': 10 });
    await expect(setup).toHaveCount(0);
    await page.getByLabel('Validation share').fill('0.05');
    await workbench.button('Step').click();
    await workbench.firstStep();
    await expect(workbench.region('Search').getByRole('list', { name: 'Warnings' })).toHaveText(/^No validation picture is of classes/);
    workbench.expectNoFaults();
  },
);

test('a validation share that rounds to nothing is told, and refused at the start', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await pick(page, train, testFile);
  await workbench.set({ 'Examples per step': 4 });
  await page.getByText('Choices of the method').click();
  await page.getByLabel('Validation share').fill('0.01');
  const refusal = 'A validation share of 0.01 leaves no validation picture out of 40 training pictures';
  await expect(workbench.region('Set-up')).toContainText(refusal);
  await workbench.button('Start').click();
  await expect(workbench.region('Search').getByRole('alert')).toContainText(refusal);
  await expect(workbench.button('Download network')).toHaveCount(0);
});

test('copies among the files count once, and a test set of one class is told', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await pick(
    page,
    pictures('data_batch_1.bin', 80, (index) => index % 10),
    pictures('data_batch_1 (1).bin', 80, (index) => index % 10),
    pictures('test_batch.bin', 4, () => 1, 78),
  );
  const setup = workbench.region('Set-up');
  await expect(setup).toContainText('78 of 78 for training, 4 of 4 for testing');
  await expect(setup).toContainText('80 training pictures repeat an earlier one: left out, so that each counts once.');
  await expect(setup).toContainText('2 training pictures are test pictures too: not learnt from.');
  await expect(setup).toContainText('A network that always answers "class 1" is right in 100 % of the test pictures.');
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
  test(`files ${what} get one message, and the pictures stay`, { tag: '@more' }, async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await pick(page, ...files);
    await expect(page.getByRole('alert')).toHaveText(message);
    await expect(page.getByRole('alert')).toHaveCount(1);
    await expect(workbench.region('Set-up')).toContainText('Built-in shapes (synthetic)');
    await expect(workbench.button('Start')).toBeEnabled();
  });

/** Drops files on the data field. */
async function drop(page: Page, ...files: (typeof train)[]) {
  const transfer = await page.evaluateHandle(
    (given) => {
      const data = new DataTransfer();
      for (const { name, bytes } of given) data.items.add(new File([new Uint8Array(bytes)], name));
      return data;
    },
    files.map(({ name, buffer }) => ({ name, bytes: [...buffer] })),
  );
  await page.getByRole('heading', { name: /^(Pictures|图片)$/ }).dispatchEvent('drop', { dataTransfer: transfer });
}

test('files can be dropped, and what is told of them follows the language', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await drop(page, train, { ...train, name: 'data_batch_1 (1).bin' }, testFile);
  const setup = workbench.region('Set-up');
  await expect(setup).toContainText('Own pictures, 10 classes: 40 of 40 for training');
  await workbench.set({ 'Examples per step': 4 });
  const warnings = setup.getByRole('list', { name: 'Warnings' });
  await expect(warnings).toContainText('40 training pictures repeat an earlier one: left out, so that each counts once.');
  await expect(setup).toContainText('data_batch_1.bin and 2 more');

  await page.getByLabel('Language').selectOption({ label: '简体中文' });
  await expect(page.getByRole('list', { name: '警告' }).first()).toContainText('40 个训练图片与前面的图片重复');
  await expect(page.getByText('自己的图片，10 个类别')).toBeVisible();
  await expect(page.getByText('data_batch_1.bin 以及另外 2 个')).toBeVisible();
  await drop(page, train);
  await expect(page.getByRole('alert')).toHaveText(/^test_batch\.bin 缺失/);
  await page.getByLabel('语言').selectOption({ label: 'English' });
  await expect(page.getByRole('alert')).toHaveText(/^test_batch\.bin is missing/);
  await expect(warnings).toContainText('40 training pictures repeat');
  workbench.expectNoFaults();
});

test('a folder is dropped, and picked', { tag: '@more' }, async ({ page }, testInfo) => {
  const folder = testInfo.outputPath('mine');
  mkdirSync(join(folder, 'deeper'), { recursive: true });
  for (const { name, buffer } of [train, { ...testFile, name: `deeper/${testFile.name}` }]) writeFileSync(join(folder, name), buffer);
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const setup = workbench.region('Set-up');
  const heading = page.getByRole('heading', { name: 'Pictures', exact: true });
  await heading.scrollIntoViewIfNeeded();
  const place = await heading.boundingBox();
  const [x, y] = [(place?.x ?? 0) + 5, (place?.y ?? 0) + 5];
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await devtools.send('Input.dispatchDragEvent', { type, x, y, data });
  await expect(setup).toContainText('Own pictures, 10 classes: 40 of 40 for training, 12 of 12 for testing');
  await expect(setup).toContainText('Read as CIFAR’s binary files.');
  await expect(workbench.button('Use mine')).toBeVisible();
  await workbench.button('Built-in pictures').click();
  await expect(setup).toContainText('Built-in shapes (synthetic)');
  await expect(setup).not.toContainText('Read as');
  await setup.getByLabel('A folder …').setInputFiles(folder);
  await expect(setup).toContainText('Own pictures, 10 classes: 40 of 40 for training, 12 of 12 for testing');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  workbench.expectNoFaults();
});
