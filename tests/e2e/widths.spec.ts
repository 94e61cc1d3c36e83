/**
 * Nothing is wider than the screen, at the widths of phones, tablets and laptops, with everything opened and the longest texts in
 * place.
 */
import { expect, test, type Page } from '@playwright/test';
import { LONGEST_NAME } from '../../src/core/cost/devices/ownDevice';
import { WorkbenchPage } from './workbenchPage';

/** 320 is also the width of a 1280-pixel window at a zoom of 400 %. */
const WIDTHS = [320, 360, 768, 1280];

const LONG = 'Evaluationsplatine_mit_besonders_langem_Namen_und_ohne_jede_Stelle_zum_Umbrechen_Revision_0123456789';
const kinds = { conv2d: 1.5, pointwise: 1.5, depthwiseConv2d: 2, dense: 2 };
const NAME = LONG.slice(0, LONGEST_NAME);
const device = { name: NAME, clockHz: 48e6, cyclesPerMac: kinds, cyclesPerOutput: kinds, fixedCycles: 0, ramBytes: 64e3, powerW: 0.1 };
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

/** Elements that reach over the right edge at each width; none on a correct page. */
async function tooWide(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const [content, screen, culprits, bursting] = await page.evaluate(async () => {
      // Charts take a few frames to follow a change of size.
      for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
      const over = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5);
      // Nothing may reach out of its panel either.
      const bursting = [...document.querySelectorAll('.panel')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
      const name = (element: Element) => `${element.tagName}.${element.getAttribute('class')} "${element.textContent.slice(0, 30)}"`;
      const culprits = [...bursting, ...over].map(name).slice(0, 8);
      return [document.documentElement.scrollWidth, innerWidth, culprits.join(', '), bursting.length] as const;
    });
    if (content !== screen || bursting > 0) found.push(`${content} of ${screen}: ${culprits}`);
  }
  return found;
}

/** All that opens in its place, and the menus that open over it where they are asked for. */
const openAll = (page: Page, which = 'details:not(.chart-menu)') =>
  page.locator(which).evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));

test('the page fits every width before a run, with all panels open', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  expect(await tooWide(page)).toEqual([]);
  await openAll(page, 'details');
  expect(await tooWide(page)).toEqual([]);
});

test('the page fits every width with the longest names and messages', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await openAll(page);
  const input = page.getByLabel('From a file …');
  await input.setInputFiles(file(`${LONG}.csv`, `network,latencyMs\nic,${LONG}`));
  await expect(workbench.region('Device').getByRole('alert')).toContainText(LONG);
  await page.getByLabel('Own pictures').setInputFiles(file(`${LONG}.bin`, 'no pictures'));
  await expect(workbench.region('Set-up').getByRole('alert')).toBeVisible();
  await page.getByLabel('Latency target in ms').fill('1,000');
  await page.getByLabel('Training pictures', { exact: true }).fill(LONG);
  expect(await tooWide(page)).toEqual([]);
  await input.setInputFiles(file('device.json', JSON.stringify(device)));
  await expect(workbench.region('Targets')).toContainText(`For ${NAME}`);
  for (const limit of ['energy', 'MACs', 'parameters', 'peak RAM']) await page.getByLabel(`Limit ${limit}`).check();
  expect(await tooWide(page)).toEqual([]);
  await input.setInputFiles(file(`${NAME}.csv`, 'network,latencyMs,energyUj\nic,165.13,4000\nkws,43.187,1000\n'));
  await expect(workbench.region('Device').getByRole('table')).toBeVisible();
  expect(await tooWide(page)).toEqual([]);
});

test('the page fits every width while a search runs, after it, and with its charts as tables', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByLabel('Method', { exact: true }).selectOption({ label: 'Candidates, then channels' });
  for (const limit of ['MACs', 'parameters', 'peak RAM']) {
    await openAll(page);
    await page.getByLabel(`Limit ${limit}`).check();
  }
  await workbench.set({ 'Examples per step': 8, 'Training pictures': 40, 'Test pictures': 8 });
  await workbench.set({ 'Warm-up epochs': 0, 'Search epochs': 1, 'Fine-tune epochs': 0 });
  await workbench.button('Start').click();
  await workbench.firstStep();
  expect(await tooWide(page)).toEqual([]);
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  expect(await tooWide(page)).toEqual([]);
  const tables = page.getByRole('button', { name: /^Show table of/ });
  while ((await tables.count()) > 0) await tables.first().click();
  expect(await tooWide(page)).toEqual([]);
});
