/** What the page shows before the first Start: a recorded run, which nobody may take for a run of their own. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('a recorded run is named, offers nothing of its own, and gives way to a change and to Start', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const note = workbench.region('Recorded run');
  await expect(note).toContainText('not one of yours. Press Start to run your own.');
  await expect(workbench.status).toHaveText(/^A recorded run is shown/);
  await expect(workbench.region('At a glance')).toContainText('Found a network that fits');
  await expect(page.getByRole('button', { name: /^Download/ })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Was the search worth it?' })).toHaveCount(0);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await workbench.button('Runs').click();
  await expect(page.getByText('There are no runs yet.')).toBeVisible();
  await workbench.button('Close').click();
  await page.getByLabel('Latency target in ms').fill('5');
  await expect(note).toHaveCount(0);
  await expect(workbench.region('At a glance')).toContainText('Press Start to search');

  await page.reload();
  await expect(note).toBeVisible();
  await workbench.button('Play again').click();
  await expect(workbench.region('At a glance')).toContainText('Searching');
  await workbench.button('Start').click();
  await expect(note).toHaveCount(0);
  workbench.expectNoFaults();
});

test('charts share the step that is pointed at and the steps that are zoomed to, and are saved as files', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(workbench.region('At a glance')).toContainText('Found a network that fits');
  const chart = (name: string) =>
    page.getByRole('figure').filter({ has: page.getByRole('slider', { name: `Step in ${name}`, exact: true }) });
  const slider = (name: string) => page.getByRole('slider', { name: `Step in ${name}`, exact: true });
  await slider('Loss').focus();
  await slider('Loss').press('Home');
  for (let times = 0; times < 5; times++) await slider('Loss').press('ArrowRight');
  await expect(slider('Loss')).toHaveAttribute('aria-valuetext', /^Step \d+, search, training [\d.]+, validation [\d.]+$/);
  const step = (await slider('Loss').getAttribute('aria-valuenow')) as string;
  for (const name of ['Flash memory', 'Penalty', 'Whole network']) await expect(chart(name)).toContainText(`Step ${step}`);
  // The short phases are not named, and the long one above the plot, where no curve can be.
  const names = chart('Loss')
    .locator('.plot text[fill="var(--axis)"]')
    .filter({ hasText: /^(search|trials|fine-tune)$/ });
  await expect(names).toHaveText('fine-tune');
  const plotTop = (await chart('Loss').locator('.recharts-cartesian-grid-horizontal').boundingBox())?.y ?? 0;
  expect(await names.boundingBox().then((box) => box && box.y + box.height)).toBeLessThanOrEqual(plotTop);
  const shown = (name: string) => Promise.all(['aria-valuemin', 'aria-valuemax'].map((end) => slider(name).getAttribute(end)));
  const all = { Loss: await shown('Loss'), Latency: await shown('Latency') };
  await slider('Loss').press('+');
  await expect(page.getByText(/^Charts show steps/)).toBeVisible();
  // Charts are drawn again one after the other.
  await expect.poll(() => shown('Loss')).not.toEqual(all.Loss);
  const part = await shown('Loss');
  await expect.poll(() => shown('stemConv')).toEqual(part);
  await chart('Loss').locator('summary').click();
  await workbench.button('Zoom to search').click();
  await expect(names).toHaveText('search');
  await workbench.button('Show all steps').click();
  await expect.poll(() => shown('Latency')).toEqual(all.Latency);
  for (const [kind, begins] of [
    ['Save numbers as CSV', 'Step,expected,target\r\n'],
    ['Save as SVG', '<svg '],
    ['Save as PNG', '\u0089PNG'],
  ] as const) {
    await chart('Flash memory').locator('summary').click();
    const [file] = await Promise.all([page.waitForEvent('download'), workbench.button(kind).click()]);
    const text = await readFile(await file.path(), 'latin1');
    expect(text.slice(0, begins.length)).toBe(begins);
    // A picture needs nothing of the page.
    expect(text).not.toContain('var(--');
  }
  workbench.expectNoFaults();
});

test('numbers of an axis keep apart', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(workbench.region('At a glance')).toContainText('Found a network that fits');
  for (const width of [390, 768, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    const gaps = () =>
      page.locator('.recharts-xAxis-tick-labels').evaluateAll((axes) =>
        axes.flatMap((axis) => {
          const boxes = [...axis.querySelectorAll('.recharts-cartesian-axis-tick-label')].map((label) => label.getBoundingClientRect());
          return boxes.slice(1).map(({ left }, index) => left - (boxes[index] as DOMRect).right);
        }),
      );
    // Charts take a moment to come and to follow a change of size.
    await expect.poll(async () => (await gaps()).length).toBeGreaterThan(30);
    await expect.poll(async () => Math.min(...(await gaps()))).toBeGreaterThanOrEqual(15);
  }
});

test('without its file the page is as it is before a run', { tag: '@more' }, async ({ page }) => {
  await page.route(/recordedRun/, (route) => route.abort());
  const missed = page.waitForEvent('requestfailed');
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await missed;
  await expect(workbench.region('At a glance')).toContainText('Press Start to search');
  await expect(workbench.region('Recorded run')).toHaveCount(0);
});

test('a part of the page that fails leaves the others as they are, and can be reported', { tag: '@more' }, async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => {
    window.ResizeObserver = class extends ResizeObserver {
      override observe(element: Element, options?: ResizeObserverOptions) {
        if (element.closest('.network')) throw new Error('no room to draw');
        super.observe(element, options);
      }
    };
  });
  await page.goto('/');
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await expect(network.getByRole('alert')).toContainText('This part of the page failed: no room to draw');
  await expect(page.getByRole('region', { name: 'At a glance' })).toContainText('Found a network that fits');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled();
  await network.getByText('A report for whoever mends it').click();
  await network.getByRole('button', { name: 'Copy the report' }).click();
  await expect(network.getByText('Copied', { exact: true })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('page: no room to draw');
  expect(report).not.toContain('localhost');
});
