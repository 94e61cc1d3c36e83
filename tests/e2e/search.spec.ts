/** A shortened search, operated like a person would. */
import { expect, test, type Page } from '@playwright/test';
import type { Network } from '../../src/core/network/network';
import type { RunFile } from '../../src/core/runs/runFile';
import { WorkbenchPage } from './workbenchPage';

const short = {
  'Examples per step': 8,
  'Training pictures': 72,
  'Test pictures': 16,
  'Warm-up epochs': 1,
  'Search epochs': 2,
  'Fine-tune epochs': 1,
};
test('a search from Start to the result, with a slider moved, paused, stepped and resumed on the way', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(workbench.slider('Flash memory')).toHaveAttribute('aria-valuetext', 'at most 40 kB');
  await expect(workbench.slider('Latency')).toHaveAttribute('aria-valuetext', 'at most 6 ms');
  await expect(workbench.slider('Flash memory')).toHaveAttribute('min', '0.169');
  await expect(workbench.slider('Flash memory')).toHaveAttribute('max', '78.744');
  // The search lasts long enough to move, pause and step in the middle of it.
  await workbench.set({ ...short, 'Search epochs': 40 });
  await workbench.button('Start').click();
  await workbench.firstStep();
  await expect(workbench.status).toHaveText(/^(Warm-up|Search)/);

  await expect(workbench.progress).toHaveAttribute('aria-valuetext', /^Search, epoch \d+ of 40, step \d+ of 8$/);
  await workbench.slider('Flash memory').press('ArrowLeft');
  await workbench.slider('Flash memory').press('ArrowLeft');
  await expect(workbench.slider('Flash memory')).not.toHaveAttribute('aria-valuetext', 'at most 40 kB');
  await expect(
    workbench
      .region('Cost')
      .getByText(/^to [\d.]+ kB$/)
      .first(),
  ).toBeVisible();

  await workbench.button('Pause').click();
  await expect(workbench.button('Resume')).toBeEnabled();
  // A step that was under way may still end after the pause.
  const newest = async () => (await workbench.table('Loss'))[0]?.[0] as number;
  let [held, readings] = [NaN, 0];
  const asBefore = async () => {
    const now = await newest();
    readings = now === held ? readings + 1 : 0;
    held = now;
    return readings;
  };
  await expect.poll(asBefore).toBeGreaterThanOrEqual(4);
  await workbench.button('Step').click();
  await expect.poll(newest).toBe(held + 1);
  await workbench.button('Resume').click();

  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const result = workbench.region('Result');
  await expect(result.getByRole('row', { name: /^Flash memory/ })).toContainText(' met');
  await expect(result.getByRole('row', { name: /^Latency/ })).toContainText(' met');
  await expect(result.getByRole('row', { name: /^stack3bConv/ })).toBeVisible();
  await expect(result).toContainText('synthetic');

  const run = (await workbench.download('Download run')) as RunFile;
  const target = run.result?.constraints.find(({ metric }) => metric === 'flashBytes')?.target as number;
  expect(target).toBeLessThan(40_000);
  expect(run.result?.constraints.every(({ met, value, target: limit }) => met && value <= limit)).toBe(true);
  expect(run.series['target/flashBytes']?.value.at(-1)).toBe(target);
  // Two networks are on trial for an epoch each.
  expect(run.series.trainLoss?.value).toHaveLength(8 * (42 + 2));
  const { network, weights } = (await workbench.download('Download network')) as {
    network: Network;
    weights: Record<string, { shape: number[]; data: number[] }>;
  };
  expect(network.layers.map(({ op }) => op)).not.toContain('mixedOp');
  for (const { shape, data } of Object.values(weights)) expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));

  expect(await workbench.accessibilityFaults()).toEqual([]);
  workbench.expectNoFaults();
});

test(
  'a target that moves after the network was chosen leaves its limits, and the chosen network its own accuracy',
  { tag: '@more' },
  async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await workbench.set({ ...short, 'Fine-tune epochs': 60 });
    await workbench.button('Start').click();
    const glance = workbench.region('At a glance');
    await expect(glance).toContainText('A network is chosen, and trains on.', { timeout: 60_000 });
    await expect(workbench.status).toHaveText(/^Fine-tune, epoch \d+ done: validation accuracy/);
    await expect(glance).toContainText('chosen network; at most 40 kB');
    await page.getByLabel('Flash memory target in kB').fill('20');
    await page.getByLabel('Flash memory target in kB').press('Enter');
    await expect(glance).toContainText('The targets were moved after this network was chosen.');
    await expect(glance).toContainText('chosen network; at most 40 kB');
    await workbench.button('Pause').click();
    await expect(glance).toContainText('Its training is paused.');
    // Accuracies are announced by epoch, and drawn a moment later.
    const announced = (await workbench.status.innerText()).match(/validation accuracy ([\d.]+ %)/)?.[1] as string;
    await expect(glance).toContainText(announced);
    await workbench.button('Stop').click();
    await expect(glance).toContainText('Its training ended early.');
    workbench.expectNoFaults();
  },
);

test('single steps from idle, a reset to the same weights, and a stop', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.set(short);
  const losses: number[] = [];
  for (let round = 0; round < 2; round++) {
    await workbench.button('Step').click();
    await expect(workbench.button('Resume')).toBeEnabled();
    await workbench.firstStep();
    await expect.poll(() => workbench.table('Loss')).toHaveLength(1);
    losses.push((await workbench.table('Loss'))[0]?.[1] as number);
    await workbench.button('Reset').click();
    await expect(page.getByText('Ready', { exact: true })).toBeVisible();
  }
  expect(losses[0]).toBeGreaterThan(0);
  expect(losses[1]).toBe(losses[0]);
  await workbench.button('Start').click();
  await workbench.firstStep();
  await workbench.button('Stop').click();
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
  await expect(workbench.button('Start')).toBeEnabled();
  workbench.expectNoFaults();
});

test('helper threads join in where the page is isolated, and both ways train alike', { tag: '@more' }, async ({ page }) => {
  const losses: number[] = [];
  for (const isolated of [true, false]) {
    if (!isolated)
      await page.route('/', async (route) => {
        const response = await route.fetch();
        const { 'cross-origin-opener-policy': _, 'cross-origin-embedder-policy': __, ...headers } = response.headers();
        await route.fulfill({ response, headers });
      });
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
    await workbench.set(short);
    await workbench.button('Step').click();
    await expect.poll(() => workbench.table('Loss')).toHaveLength(1);
    losses.push((await workbench.table('Loss'))[0]?.[1] as number);
    await workbench.button('Resume').click();
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    await expect(page.getByText(isolated && cores > 1 ? /fused on \d+ threads/ : /fused on 1 thread\b/)).toBeVisible();
    await workbench.button('Reset').click();
    workbench.expectNoFaults();
  }
  expect(losses[0]).toBeGreaterThan(0);
  expect(losses[1]).toBe(losses[0]);
});

test('impossible targets are told before a start, with what to raise', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseMethod('Candidate operations (SuperNet)');
  await expect(workbench.slider('Flash memory')).toHaveAttribute('min', '7.871');
  await workbench.slider('Flash memory').press('Home');
  await workbench.slider('Latency').press('Home');
  await expect(page.getByRole('alert')).toContainText(
    /No network in this space meets both.*raise the flash memory target to .* kB or more/,
  );
  await expect(workbench.button('Start')).toBeDisabled();
  await workbench.slider('Latency').press('End');
  await expect(workbench.button('Start')).toBeEnabled();
  expect(await workbench.accessibilityFaults()).toEqual([]);
});

test('what a field does not take stays there with the reason, and no search starts over it', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const field = page.getByLabel('Examples per step');
  await workbench.set({ 'Examples per step': 1 });
  await expect(page.getByRole('alert')).toHaveText('Takes a whole number from 2 to 4096.');
  await field.press('Tab');
  await expect(field).toHaveValue('1');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('alert')).toHaveText('Takes a whole number from 2 to 4096.');
  // The fault must show even if the field itself is hidden.
  await page.getByText('Training settings').click();
  await expect(workbench.button('Start')).toBeDisabled();
  await expect(workbench.button('Step')).toBeDisabled();
  await expect(workbench.button('Start')).toHaveAccessibleDescription('To start, correct what is typed at “Examples per step”.');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await page.getByText('Training settings').click();
  await field.press('Escape');
  await expect(field).toHaveValue('32');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(workbench.button('Start')).toBeEnabled();
  // Setting the value elsewhere replaces the refused text.
  const epochs = page.getByLabel('Search epochs');
  await epochs.fill('many');
  await epochs.blur();
  await page.getByLabel('Preset').selectOption({ label: 'The paper’s: days' });
  await expect(epochs).toHaveValue('500');
  await expect(workbench.button('Start')).toBeEnabled();
  workbench.expectNoFaults();
});

test('numbers are typed with a decimal point or comma, and what could be two numbers is refused', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const latency = page.getByLabel('Latency target in ms');
  await latency.fill('5,5');
  await latency.blur();
  await expect(workbench.slider('Latency')).toHaveAttribute('aria-valuetext', 'at most 5.5 ms');
  await latency.fill('5,125');
  await latency.blur();
  await expect(latency).toHaveValue('5,125');
  await expect(page.getByRole('alert')).toHaveText('“5,125” could be 5.125 or 5125: write it as one of these.');
  await expect(workbench.slider('Latency')).toHaveAttribute('aria-valuetext', 'at most 5.5 ms');
  await latency.fill('5.125');
  await page.getByText('Choices of the method').click();
  await page.getByLabel('Validation share').fill('0,25');
  await page.getByLabel('Validation share').blur();
  await expect(page.getByLabel('Validation share')).toHaveValue('0.25');
  await workbench.set({});
  const pictures = page.getByLabel('Training pictures', { exact: true });
  await pictures.fill('1.500');
  await expect(page.getByRole('alert')).toHaveText('“1.500” could be 1.5 or 1500: write it as one of these.');
  await pictures.fill('1500');
  await page.getByText('Your own device').click();
  await page.getByLabel('Clock (MHz)').fill('1,500');
  await expect(page.getByRole('alert')).toHaveText('“1,500” could be 1.5 or 1500: write it as one of these.');
  await page.getByLabel('Clock (MHz)').fill('62,5');
  await workbench.button('Use this device').click();
  await expect(workbench.region('Device')).toContainText('62.5 MHz');
  workbench.expectNoFaults();
});

test('a target can be typed digit by digit, and says at its field what it takes', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const field = page.getByLabel('Latency target in ms');
  await field.fill('');
  await expect(page.getByRole('alert')).toHaveText('Takes a number above 0, at most 10000.');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.pressSequentially('0.05');
  await expect(field).toHaveValue('0.05');
  await expect(page.getByText('Takes a number above 0')).toBeHidden();
  await expect(page.getByRole('alert')).toContainText('raise the latency target');
  await field.fill('1e99');
  await expect(page.getByText('Takes a number above 0, at most 10000.')).toBeVisible();
  await field.fill('3.25');
  await field.blur();
  await expect(workbench.slider('Latency')).toHaveAttribute('aria-valuetext', 'at most 3.25 ms');
  workbench.expectNoFaults();
});

/** Whether the page asks before it is closed; it stays open if it does. */
async function asksToStay(page: Page): Promise<boolean> {
  const asked = page.waitForEvent('dialog').then(async (dialog) => {
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    return true;
  });
  const closed = page.waitForEvent('close').then(() => false);
  await page.close({ runBeforeUnload: true });
  const first = await Promise.race([asked, closed]);
  for (const other of [asked, closed]) other.catch(() => {});
  return first;
}

test('leaving the page does not ask while a search runs, since it is kept', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.pickBackend('WebAssembly');
  await workbench.set({ ...short, 'Search epochs': 40 });
  await workbench.button('Start').click();
  await expect(workbench.progress).toHaveAttribute('aria-valuetext', /^Search, epoch/);
  expect(await asksToStay(page)).toBe(false);
});

test(
  'where the browser has no room to keep a search, that is told, and leaving asks until it is downloaded',
  { tag: '@more' },
  async ({ page, context }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    const browser = await context.newCDPSession(page);
    await browser.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1 });
    await workbench.pickBackend('WebAssembly');
    await workbench.set({ ...short, 'Search epochs': 1, 'Fine-tune epochs': 0 });
    await workbench.button('Start').click();
    await expect(page.getByRole('alert')).toContainText(
      'This run is not kept any further, since the room that the browser gives this page is full.',
    );
    expect(await asksToStay(page)).toBe(true);
    await expect(workbench.progress).toHaveAttribute('aria-valuenow', '100', { timeout: 120_000 });
    await expect(workbench.button('Download network')).toBeEnabled();
    expect(await asksToStay(page)).toBe(true);
    await workbench.download('Download network');
    expect(await asksToStay(page)).toBe(false);
  },
);

test('leaving the page does not ask where nothing was trained', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  // The browser asks only if the page has been used.
  await workbench.set(short);
  expect(await asksToStay(page)).toBe(false);
});
