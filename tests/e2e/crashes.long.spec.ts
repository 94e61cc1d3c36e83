/** Searches whose threads or whose browser are killed go on to the numbers that they would have had. */
import { expect, test, type Page } from '@playwright/test';
import { createRandom } from '../../src/core/random';
import type { RunFile } from '../../src/core/runs/runFile';
import { holdThreads, KillableBrowser, killThreadsAt, type Plan } from '../support/suddenEnds';
import { WorkbenchPage } from './workbenchPage';

test.setTimeout(420_000);

const short = {
  'Examples per step': 8,
  'Training pictures': 72,
  'Test pictures': 16,
  'Warm-up epochs': 4,
  'Search epochs': 12,
  'Fine-tune epochs': 16,
};
/** Eight steps an epoch: a fifth of the training pictures tells the networks apart. Two networks are on trial for an epoch each. */
const plan: Plan = [
  ['Warm-up', 4 * 8],
  ['Search', 12 * 8],
  ['Channel search', 12 * 8],
  ['Trials', 2 * 8],
  ['Fine-tune', 16 * 8],
];
const KILLS = 20;
/** Steps at the end that nobody kills in, since they may be over before the page shows them. */
const LAST = 100;

/** What must be equal between two runs of the same seed. */
function lasting({ series, result }: RunFile) {
  const kept = Object.entries(series).filter(([name]) => !name.startsWith('memory/'));
  return { series: Object.fromEntries(kept), network: result?.network, quality: result?.quality };
}

const notice = (page: Page) => page.getByRole('region', { name: /^A search was interrupted at step \d+ of \d+$/ });

async function open(workbench: WorkbenchPage, address: string): Promise<void> {
  await workbench.page.goto(address);
  await expect(workbench.page.getByText(/^Runs on/)).toBeVisible();
}

async function started(workbench: WorkbenchPage): Promise<void> {
  await workbench.pickBackend('WebAssembly');
  await workbench.chooseMethod('Candidates, then channels');
  await workbench.set(short);
  await workbench.button('Start').click();
  await workbench.firstStep();
}

async function finished(workbench: WorkbenchPage): Promise<RunFile> {
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  return (await workbench.download('Download run')) as RunFile;
}

test(`a search whose threads are killed at ${KILLS} random steps ends as if nothing had happened`, { tag: '@alone' }, async ({ page }) => {
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 1e6);
  console.log(`kills drawn with KILL_SEED=${seed}`);
  const random = createRandom(seed, 'kills');
  const steps = plan.reduce((sum, [, of]) => sum + of, 0);
  const kills = Array.from({ length: KILLS }, () => 1 + random.integer(steps - LAST)).sort((a, b) => a - b);
  const workbench = new WorkbenchPage(page);
  await holdThreads(page);
  await workbench.open();
  await started(workbench);
  for (const step of kills) {
    await killThreadsAt(page, plan, step);
    await page.reload();
    await notice(page).getByRole('button', { name: 'Resume' }).click();
    await workbench.firstStep();
  }
  const killed = await finished(workbench);
  expect(killed.series.trainLoss?.step).toHaveLength(steps);
  await started(workbench);
  expect(lasting(killed)).toEqual(lasting(await finished(workbench)));
  workbench.expectNoFaults();
});

// Windows kills no groups of processes.
test.skip(process.platform === 'win32', 'there are no signals');
test(
  'after its browser was killed a search is offered in two tabs, of which one goes on with it',
  { tag: '@alone' },
  async ({ baseURL }) => {
    const browser = new KillableBrowser();
    try {
      const address = baseURL as string;
      const before = new WorkbenchPage(await browser.open());
      await open(before, address);
      await started(before);
      await expect(before.progress).toHaveAttribute('aria-valuetext', /^Search, epoch ([5-9]|1\d) of 12/);
      await browser.kill();

      const page = await browser.open();
      const tabs = [new WorkbenchPage(page), new WorkbenchPage(await page.context().newPage())] as const;
      for (const tab of tabs) {
        await open(tab, address);
        await expect(notice(tab.page)).toBeVisible();
      }
      await Promise.all(tabs.map((tab) => notice(tab.page).getByRole('button', { name: 'Resume' }).click()));
      const refusals = () =>
        Promise.all(tabs.map((tab) => tab.region('Search').getByText('This run is open in another tab.', { exact: false }).count()));
      await expect.poll(async () => (await refusals()).toSorted()).toEqual([0, 1]);
      const [first, second] = (await refusals())[0] === 0 ? tabs : [tabs[1], tabs[0]];
      const resumed = await finished(first);
      await expect(second.button('Start')).toBeEnabled();
      await started(second);
      expect(lasting(resumed)).toEqual(lasting(await finished(second)));
      for (const tab of tabs) tab.expectNoFaults();
    } finally {
      await browser.end();
    }
  },
);
