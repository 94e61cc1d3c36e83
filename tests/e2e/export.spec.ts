/** The found network on its way to a device: its quality and sizes as int8, its files, and what they compute. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { checkTfliteFile } from '../../src/check/checkExport';
import { readTflite } from '../../src/exporters/tflite/read';
import { WorkbenchPage } from './workbenchPage';

async function downloaded(page: Page, workbench: WorkbenchPage, name: string): Promise<Record<string, Uint8Array>> {
  const [archive] = await Promise.all([page.waitForEvent('download'), workbench.button(name).click()]);
  return unzipSync(readFileSync(await archive.path()));
}

test('a found network is measured as int8, held against its limits and taken away as files that run', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.set({ 'Warm-up epochs': 0, 'Search epochs': 1, 'Fine-tune epochs': 1 });
  await workbench.set({ 'Examples per step': 8, 'Training pictures': 40, 'Test pictures': 12 });
  await workbench.button('Start').click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const found = await workbench
    .region('Result')
    .getByRole('row', { name: /^Found network \d/ })
    .textContent();

  await workbench.button('Export for a device …').click();
  const panel = page.getByRole('dialog');
  await expect(panel.getByRole('row', { name: /^With floats/ })).toContainText(/\d+\.\d %/.exec(found as string)?.[0] as string);
  await expect(panel.getByRole('row', { name: /^As int8/ })).toContainText(/\d+\.\d %/);
  const asInt8 = await panel
    .getByRole('row', { name: /^As int8/ })
    .getByRole('cell')
    .textContent();
  await expect(panel).toContainText('Accuracy on 12 test pictures');

  const files = await downloaded(page, workbench, 'Download TFLite (int8)');
  const file = files['model.tflite'] as Uint8Array;
  await expect(panel.getByRole('row', { name: /^Flash memory: model.tflite/ })).toContainText(`${file.length.toLocaleString('en')} B`);
  const { text, passed } = await checkTfliteFile(file, readTflite(file, 'model.tflite'));
  expect(passed, text).toBe(true);

  await panel.getByLabel('Ranges of int8 numbers hold').selectOption('leastSquares');
  await panel.getByLabel('Training examples that ranges come from').selectOption('20');
  await expect(panel).toContainText('with ranges of 20 training examples');
  await expect(panel.getByRole('row', { name: /^As int8/ })).toContainText(/\d+\.\d %/);
  const all = await downloaded(page, workbench, 'Download everything');
  expect(Object.keys(all)).toEqual(
    expect.arrayContaining(['network.json', 'run.json', 'model.tflite', 'model.onnx', 'model.c', 'golden.bin', 'card.json']),
  );
  const card = JSON.parse(new TextDecoder().decode(all['card.json'])) as {
    ranges: object;
    quality: object;
    search: object;
  };
  expect(card).toMatchObject({
    ranges: { method: 'leastSquares', examples: 20 },
    quality: { id: 'accuracy', testExamples: 12, int8: expect.any(Number) as unknown },
    search: { command: expect.stringContaining('--train 40 --test 12') as unknown },
  });

  await panel.getByText('Python with LiteRT').click();
  await panel.getByRole('button', { name: 'Copy the code: Python with LiteRT' }).click();
  await expect(panel.getByText('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('model_path="model.tflite"');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await panel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    expect(await panel.evaluate((element) => element.getBoundingClientRect().right <= innerWidth)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();

  // The same file again, as that of any program.
  await page.getByLabel('Open a .tflite file …').setInputFiles({ name: 'mine.tflite', mimeType: '', buffer: Buffer.from(file) });
  const opened = page.getByRole('dialog', { name: 'mine.tflite' });
  await expect(opened.getByRole('status')).toHaveText(/^\d+ operations on int8 numbers, [\d,]+ B\./);
  await expect(opened.getByRole('row', { name: /^GAP8 .* kB .* kB .* ms unknown$/ })).toBeVisible();
  const asOpened = opened.getByRole('row', { name: /^As int8, as devices round/ });
  await expect(asOpened).toContainText('%; values of pictures: mean 0');
  // Opened, it is normalised by all training pictures, not by those that were learnt from, which may move one of the 12 test pictures.
  const percentIn = (text: string | null) => Number(/([\d.]+) %/.exec(text ?? '')?.[1]);
  expect(Math.abs(percentIn(await asOpened.textContent()) - percentIn(asInt8))).toBeLessThan(8.4);
  await opened.getByRole('button', { name: /^Details of 0-conv2d/ }).focus();
  await page.keyboard.press('Enter');
  await expect(opened.getByRole('region', { name: 'Details' })).toContainText(/Output 32×32×\d+/);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await opened.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(opened).toBeHidden();

  await drop(page, 'cut.tflite', file.subarray(0, 3000));
  await expect(page.getByRole('dialog', { name: 'cut.tflite' }).getByRole('alert')).toHaveText(
    /^cut\.tflite cannot be read as a TFLite network: it is damaged, since .* Get the file again\.$/,
  );
  workbench.expectNoFaults();
});

/** Drops a file on the page. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, numbers]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(numbers)], fileName));
      return transfer;
    },
    [name, [...bytes]] as const,
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer });
}
