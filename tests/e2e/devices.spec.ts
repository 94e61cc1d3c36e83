/** Chooses devices and sets limits like a person. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

const kinds = { conv2d: 1.5, pointwise: 1.5, depthwiseConv2d: 2, dense: 2 };
const description = { name: 'Tiny board', clockHz: 48e6, cyclesPerMac: kinds, cyclesPerOutput: kinds, fixedCycles: 0 };
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

test('another device has its own latencies, and its own power to limit the energy of', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(workbench.slider('Latency')).toHaveAttribute('aria-valuetext', 'at most 6 ms');
  await page.getByText('Limits on other costs').click();
  await expect(page.getByLabel('Limit energy')).toHaveCount(0);
  await page.getByLabel('Target device').selectOption('stm32l4r5');
  await expect(workbench.region('Targets')).toContainText('For STM32 L4R5ZI');
  await expect(workbench.slider('Latency')).toHaveAttribute('aria-valuetext', 'at most 130 ms');
  await expect(workbench.slider('Flash memory')).toHaveAttribute('aria-valuetext', 'at most 40 kB');
  for (const [limit, slider] of [
    ['Limit energy', 'Energy'],
    ['Limit MACs', 'MACs'],
    ['Limit parameters', 'Parameters'],
    ['Limit peak RAM', 'Peak RAM'],
  ] as const) {
    await page.getByLabel(limit).check();
    await expect(workbench.slider(slider)).toBeVisible();
    await expect(workbench.region('Cost')).toContainText(slider);
  }
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await page.getByLabel('Limit latency').uncheck();
  await expect(workbench.slider('Latency')).toHaveCount(0);
  await expect(workbench.button('Start')).toBeEnabled();
  workbench.expectNoFaults();
});

test('a described device is checked at its fields, and its memory bounds the search', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseMethod('Candidate operations (SuperNet)');
  await page.getByText('Your own device').click();
  await page.getByLabel('Clock (MHz)').fill('fast');
  await expect(page.getByRole('alert')).toHaveText('Clock (MHz) must be a number above 0.');
  await workbench.button('Use this device').click();
  await expect(workbench.region('Targets')).toContainText('For GAP8');
  await page.getByLabel('Clock (MHz)').fill('64');
  await page.getByLabel('RAM (kB, or empty)').fill('64');
  await workbench.button('Use this device').click();
  await expect(workbench.region('Targets')).toContainText('For My device');
  await expect(workbench.button('Start')).toBeEnabled();
  // Every network of this space needs 49 kB.
  await page.getByLabel('RAM (kB, or empty)').fill('40');
  await workbench.button('Use this device').click();
  await expect(page.getByRole('alert')).toContainText('The least peak RAM within reach is 49.16 kB');
  await expect(workbench.button('Start')).toBeDisabled();
  workbench.expectNoFaults();
});

test('a device comes from a file, described or measured, and a bad file says what is wrong', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByText('Your own device').click();
  const input = page.getByLabel('From a file …');
  await input.setInputFiles(file('bad.csv', 'network,latencyMs\nic,fast'));
  await expect(page.getByRole('alert')).toContainText('Line 2: latencyMs must be a number above 0, not "fast".');
  await input.setInputFiles(file('board.csv', 'network,latencyMs\nic,165.13\nkws,43.187\n'));
  await expect(workbench.region('Targets')).toContainText('For board');
  await expect(page.getByRole('row', { name: /^ic 165.1 ms/ })).toBeVisible();
  expect(await workbench.accessibilityFaults()).toEqual([]);
  // The table has no memory sizes. Typing them beside it must not change the fitted model and its residuals.
  await page.getByLabel('Flash memory (kB, or empty)').fill('60');
  await page.getByRole('button', { name: 'Use this device' }).click();
  await expect(workbench.region('Targets')).toContainText('60 kB (all the device has)');
  await expect(page.getByRole('row', { name: /^ic 165.1 ms/ })).toBeVisible();
  await input.setInputFiles(file('tiny.json', JSON.stringify({ ...description, ramBytes: 64_000 })));
  await expect(workbench.region('Targets')).toContainText('For Tiny board');
  await expect(page.getByLabel('RAM (kB, or empty)')).toHaveValue('64');
  await page.getByLabel('Target device').selectOption('gap8');
  await expect(workbench.region('Targets')).toContainText('For GAP8');
  await page.getByLabel('Target device').selectOption('Tiny board (own)');
  await expect(workbench.region('Targets')).toContainText('For Tiny board');
  workbench.expectNoFaults();
});

test('files as spreadsheets write them are read, and units that look wrong are asked about', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByText('Your own device').click();
  const input = page.getByLabel('From a file …');
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
  await input.setInputFiles({ name: 'unicode.csv', mimeType: 'text/csv', buffer: utf16('network\tlatencyMs\r\nic\t165.13\r\n') });
  await expect(page.getByRole('row', { name: /^ic 165.1 ms/ })).toBeVisible();
  await input.setInputFiles(file('comma.csv', 'network,latencyMs\nic,"317,864"'));
  await expect(page.getByRole('alert')).toContainText('write 317864 or 317.864');
  await input.setInputFiles(file('seconds.csv', '\ufeffnetwork,latencyMs\r\nic,0.317864\r\nkws,0.076488\r\n'));
  const question = page.getByRole('group', { name: 'Units of the table' });
  await expect(question).toContainText('every time is below 1 ms');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await question.getByRole('button', { name: 'Read as seconds', exact: true }).click();
  await expect(page.getByRole('row', { name: /^ic 317.9 ms/ })).toBeVisible();
  await expect(question).toHaveCount(0);
  await input.setInputFiles(file('seconds.csv', 'network,latencyMs\nic,0.317864\nkws,0.076488\n'));
  await question.getByRole('button', { name: 'Read as milliseconds', exact: true }).click();
  await expect(page.getByRole('row', { name: /^ic 0.3179 ms/ })).toBeVisible();
  workbench.expectNoFaults();
});

test('a device whose model is far off is warned of at the targets and in the result', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByText('Your own device').click();
  // A processor that is fast for plain convolutions and slow for all others: no model of this size fits both.
  await page.getByLabel('From a file …').setInputFiles(file('odd.csv', 'network,latencyMs\nic,15\nkws,0.17\nad,0.19\n'));
  const warning = 'Latency on this device is known only roughly';
  await expect(workbench.region('Targets')).toContainText(warning);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await workbench.set({
    'Warm-up epochs': 0,
    'Search epochs': 1,
    'Fine-tune epochs': 0,
    'Examples per step': 16,
    'Training pictures': 64,
    'Test pictures': 20,
  });
  await workbench.button('Start').click();
  await expect(workbench.region('Result')).toContainText('Found network');
  await expect(workbench.region('Result').getByRole('list', { name: 'Warnings' })).toContainText(warning);
  const run = (await workbench.download('Download run')) as { warnings: string[]; config: { device: { modelErrors: object } } };
  expect(run.warnings).toContainEqual(expect.stringContaining(warning));
  expect(run.config.device.modelErrors).toHaveProperty('latencyMs');
  await page.getByLabel('Target device').selectOption('gap8');
  await expect(workbench.region('Targets')).toContainText('For GAP8');
  await expect(workbench.region('Targets')).not.toContainText(warning);
  workbench.expectNoFaults();
});
