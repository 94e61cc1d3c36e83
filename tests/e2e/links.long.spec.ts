/** A link that carries all settings, from one page to another, and the report that repeats it. */
import { expect, test, type Page } from '@playwright/test';
import type { RunFile } from '../../src/core/runs/runFile';
import { WorkbenchPage } from './workbenchPage';

test.use({ contextOptions: { reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] } });

const short = {
  'Examples per step': 8,
  'Training pictures': 72,
  'Test pictures': 16,
  'Warm-up epochs': 1,
  'Search epochs': 2,
  'Fine-tune epochs': 1,
  'Random seed': 11,
};

/** What must be equal between two runs of the same link. */
function lasting({ series, result, config }: RunFile) {
  const kept = Object.entries(series).filter(([name]) => !name.startsWith('memory/'));
  return { config, series: Object.fromEntries(kept), network: result?.network, quality: result?.quality };
}

async function searched(workbench: WorkbenchPage): Promise<RunFile> {
  await workbench.button('Start').click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  return (await workbench.download('Download run')) as RunFile;
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test('a copied link sets another page to the same search, which finds the same', async ({ page, context }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.pickBackend('WebAssembly');
  await workbench.set(short);
  await page.getByLabel('Latency target in ms').fill('5.5');
  await workbench.button('Copy link').click();
  await expect(workbench.button('Link copied')).toBeVisible();
  const link = await clipboard(page);
  expect(link).toMatch(/\/#settings=1\.[\w-]{300,800}$/);
  const first = await searched(workbench);

  // The report of the run has the same link.
  await page.keyboard.press('d');
  const report = page.getByRole('dialog', { name: 'Report' });
  await expect(report.getByRole('link')).toHaveText(link);
  await expect(report).toContainText('npm run -s search -- --task ic');
  await expect(report.getByText('No values yet')).toHaveCount(0);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  for (const format of ['A4', 'Letter']) expect(pagesOf(await page.pdf({ format }))).toBe(1);
  await page.keyboard.press('Escape');

  // So have the list of kept runs, and the report there.
  await workbench.button('Runs').click();
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.getByRole('button', { name: /^Copy link of Image/ }).click();
  await expect.poll(() => clipboard(page)).toBe(link);
  await page.getByRole('button', { name: 'Image classification, seed 11', exact: true }).click();
  await page.getByRole('dialog', { name: 'Kept runs' }).getByRole('button', { name: 'Report …' }).click();
  await expect(report.getByRole('link')).toHaveText(link);
  await expect(report).toContainText('Ran onWebAssembly');
  workbench.expectNoFaults();

  const other = new WorkbenchPage(await context.newPage());
  await other.page.goto(link);
  const notice = other.region('Settings from a link');
  await expect(notice).toContainText(
    'for GAP8; at most 40 kB of flash memory and 5.5 ms of latency; 72 training and 16 test pictures; random seed 11',
  );
  expect(new URL(other.page.url()).hash).toBe('');
  expect(await other.accessibilityFaults()).toEqual([]);
  await other.button('Dismiss').click();
  await expect(notice).toHaveCount(0);
  await other.pickBackend('WebAssembly');
  expect(lasting(await searched(other))).toEqual(lasting(first));
  other.expectNoFaults();

  // A damaged one is refused, and changes nothing.
  await other.page.evaluate((hash) => (location.hash = hash), new URL(link).hash.slice(0, -30));
  await expect(other.region('The link was not followed')).toContainText('damaged, perhaps cut off');
  await expect(other.page.getByLabel('Latency target in ms')).toHaveValue('5.5');
});

/** How many pages a PDF file has. */
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
