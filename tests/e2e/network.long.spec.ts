/** The network's drawing while a search runs: smooth, without jumps, and readable where the network is large. */
import { expect, test, type Page } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

const MEASURED_MS = 10_000;

interface Shift {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

/** Frames a second while a search runs, and what of the drawing moved by itself. */
function framesAndShift(page: Page) {
  return page.evaluate(async (time) => {
    const moved: string[] = [];
    let shift = 0;
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as unknown as Shift[]) {
        if (hadRecentInput) continue;
        shift += value;
        for (const { node } of sources)
          if (node?.parentElement?.closest('.network')) moved.push(node.parentElement.outerHTML.slice(0, 200));
      }
    }).observe({ type: 'layout-shift' });
    const start = performance.now();
    let frames = 0;
    for (let now = start; now - start < time; frames++) now = await new Promise<number>(requestAnimationFrame);
    return { perSecond: (1000 * frames) / time, shift, moved: [...new Set(moved)] };
  }, MEASURED_MS);
}

/** Frames a second below which the page has stalled; how many there are depends on the machine, so they are printed. */
const STALLED = 5;

for (const threads of ['one', 'all'] as const)
  test(`it goes on drawing, and nothing jumps, while ${threads} of the threads train`, { tag: '@alone' }, async ({ page }) => {
    if (threads === 'one')
      await page.route('/', async (route) => {
        const response = await route.fetch();
        const { 'cross-origin-opener-policy': _, 'cross-origin-embedder-policy': __, ...headers } = response.headers();
        await route.fulfill({ response, headers });
      });
    await page.setViewportSize({ width: 1280, height: 720 });
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await workbench.set({ 'Search epochs': 40 });
    await workbench.button('Start').click();
    await workbench.firstStep();
    const { perSecond, shift, moved } = await framesAndShift(page);
    console.log(`${threads} of the threads: ${perSecond.toFixed(1)} frames a second, layout shift ${shift.toFixed(4)}`);
    expect(perSecond).toBeGreaterThan(STALLED);
    expect(moved).toEqual([]);
  });

test('a network found folds its lost branches away without moving the page', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  await workbench.open();
  await workbench.chooseMethod('Candidate operations (SuperNet)');
  await workbench.set({ 'Examples per step': 8, 'Training pictures': 72, 'Test pictures': 16, 'Search epochs': 2, 'Fine-tune epochs': 0 });
  await workbench.button('Start').click();
  await workbench.firstStep();
  const box = workbench.region('Network').locator('ol > li').nth(2);
  const [height] = [(await box.boundingBox())?.height as number];
  const accuracy = await workbench.region('Accuracy').boundingBox();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  await expect.poll(async () => (await box.boundingBox())?.height).toBeLessThan(0.8 * height);
  expect((await workbench.region('Accuracy').boundingBox())?.y).toBe(accuracy?.y);
  await expect(workbench.region('Network').locator('.lost').first()).toBeHidden();
  // Why, for all of it and at a layer, by what was recorded.
  await page.getByText('Why this network?', { exact: true }).click();
  const why = page.getByRole('article', { name: /^Why stack/ });
  await expect(why).toHaveCount(6);
  const reasons = (await why.getByRole('paragraph').allTextContents()).join('\n');
  expect(reasons).toMatch(/lost.*: it costs [\d.]+ (kB|ms) more/);
  await expect(why.first().getByRole('row', { name: /\(taken\)/ })).toContainText('kB');
  await expect(why.getByText('not recorded')).toHaveCount(0);
  await workbench.region('Network').getByRole('button', { name: 'Details of stack2a', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Why, at stack2a' })).toBeVisible();
});

for (const [task, method] of [
  ['Visual wake words', undefined],
  ['Visual wake words', 'Channels (channel search)'],
  ['Tiny ImageNet', undefined],
] as const)
  test(`${task}, ${method ?? 'its first method'}, is readable without scrolling on a laptop`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 720 });
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await page.getByLabel('Task', { exact: true }).selectOption({ label: task });
    if (method) await workbench.chooseMethod(method);
    const network = workbench.region('Network');
    await expect(network.getByRole('button', { name: 'Unfold all' })).toBeVisible();
    const [text, hidden] = await network.locator('.drawing-scroll').evaluate((place) => {
      const scale = Number(/scale\(([\d.]+)\)/.exec(place.querySelector<HTMLElement>('.drawing')?.style.transform ?? '')?.[1]);
      const sizes = [...place.querySelectorAll('li')].map((line) => parseFloat(getComputedStyle(line).fontSize));
      return [scale * Math.min(...sizes), place.scrollWidth - place.clientWidth] as const;
    });
    expect(text).toBeGreaterThanOrEqual(9.95);
    expect(hidden).toBe(0);
    await network.getByRole('button', { name: 'Unfold all' }).click();
    await expect(network.getByRole('button', { name: 'Fold', exact: true })).toBeVisible();
    workbench.expectNoFaults();
  });
