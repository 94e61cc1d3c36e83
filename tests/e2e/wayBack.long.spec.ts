/** What a person can do when a search goes wrong on its way: its loss becomes no number, or the room to keep it runs out. */
import { expect, test } from '@playwright/test';
import type { RunFile } from '../../src/core/runs/runFile';
import { WorkbenchPage } from './workbenchPage';

const short = {
  'Examples per step': 8,
  'Training pictures': 72,
  'Test pictures': 16,
  'Warm-up epochs': 2,
  'Search epochs': 12,
  'Fine-tune epochs': 1,
};

async function opened(workbench: WorkbenchPage): Promise<void> {
  await workbench.open();
  await workbench.pickBackend('WebAssembly');
  await workbench.chooseMethod('Candidates, then channels');
}

test('a search that diverges goes back to its last good epoch with a gentler setting, at once or after a reload', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await opened(workbench);
  await workbench.set({ ...short, 'Learning rate, weights': 10 });
  await page.getByText('Choices of the method').click();
  // Such a rate and such a decay enlarge the weights ninefold at each step.
  await page.getByLabel('Learning rate, warm-up').fill('0.001');
  await page.getByLabel('Optimizer, search and fine-tune').selectOption('sgd');
  await page.getByLabel('Weight decay').fill('1');
  await page.getByLabel('Weight decay').blur();
  await workbench.button('Start').click();
  const search = workbench.region('Search');
  await expect(search.getByRole('alert')).toContainText('infinite or not a number in search, epoch');
  await expect(search.getByRole('alert')).toContainText('The learning rate of 10 is the likely cause');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await page.getByLabel('Language').selectOption({ label: '简体中文' });
  await expect(page.getByRole('alert')).toHaveText(/^在搜索阶段第 \d+ 轮[^A-Za-z]*学习率 10 很可能是原因/);
  await page.getByLabel('语言').selectOption({ label: 'English' });
  // The rate of the architecture is not the cause, so it diverges once more.
  const unhelpful = search.getByRole('button', { name: /^Go back to step \d+ with half the learning rate of the architecture$/ });
  await unhelpful.click();
  await expect(search.getByRole('alert')).toHaveCount(0);
  await expect(search.getByRole('alert')).toContainText('infinite or not a number in search, epoch');
  // A failed run does not ask to be gone on with; its place is the list.
  await page.reload();
  await expect(page.getByText(/^Runs on/)).toBeVisible();
  await workbench.button('Runs').click();
  const dialog = page.getByRole('dialog', { name: 'Kept runs' });
  await dialog
    .getByRole('row', { name: /Failed/ })
    .getByRole('button', { name: /^Image/ })
    .click();
  await expect(dialog.getByText('The learning rate of 10 is the likely cause')).toBeVisible();
  const back = dialog.getByRole('button', { name: /^Go back to step \d+ with the learning rate 0\.\d+$/ });
  const step = Number(/step (\d+)/.exec((await back.textContent()) ?? '')?.[1]);
  expect(step).toBeGreaterThanOrEqual(16);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await back.click();
  await expect(dialog).toHaveCount(0);
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const { series, easings, config } = (await workbench.download('Download run')) as RunFile;
  expect(easings).toMatchObject([{ setting: 'archRate' }, { setting: 'weightRate', was: 10, now: config.weightRate, step }]);
  expect(series.trainLoss?.step).toEqual(series.trainLoss?.step.map((_, index) => index + 1));
  workbench.expectNoFaults();
});

test('a search that runs out of room is kept again once there is room, and can be resumed', async ({ page, context }) => {
  const workbench = new WorkbenchPage(page);
  await opened(workbench);
  await workbench.set({ ...short, 'Search epochs': 5000 });
  await workbench.button('Start').click();
  await expect(workbench.progress).toHaveAttribute('aria-valuetext', /^Search, epoch ([5-9]|\d\d+) of 5,?000/);
  const browser = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  const told = page.getByRole('alert').filter({ hasText: 'since the room that the browser gives this page is full' });
  await expect(told).toBeVisible();
  // The search itself goes on.
  const epoch = async () => Number(/epoch (\d+) of/.exec((await workbench.progress.getAttribute('aria-valuetext')) ?? '')?.[1]);
  const full = await epoch();
  await expect.poll(epoch).toBeGreaterThan(full);
  await browser.send('Storage.overrideQuotaForOrigin', { origin });
  // It is tried again every minute.
  await expect(told).toHaveCount(0, { timeout: 90_000 });
  const kept = await epoch();
  await page.reload();
  const notice = page.getByRole('region', { name: /^A search was interrupted at step/ });
  await notice.getByRole('button', { name: 'Resume' }).click();
  await workbench.firstStep();
  expect(await epoch()).toBeGreaterThan(Math.min(kept, full) - 2);
  await workbench.button('Stop').click();
  workbench.expectNoFaults();
});
