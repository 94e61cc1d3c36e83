/**
 * Nothing is wider than the screen, at the widths of phones, tablets and laptops, with everything opened and the longest texts in
 * place.
 */
import { expect, test, type Locator } from '@playwright/test';
import { LONGEST_NAME } from '../../src/core/cost/devices/ownDevice';
import { openAll, tooWide } from './tooWide';
import { WorkbenchPage } from './workbenchPage';

const LONG = 'Evaluationsplatine_mit_besonders_langem_Namen_und_ohne_jede_Stelle_zum_Umbrechen_Revision_0123456789';
const kinds = { conv2d: 1.5, pointwise: 1.5, depthwiseConv2d: 2, dense: 2 };
const NAME = LONG.slice(0, LONGEST_NAME);
const device = { name: NAME, clockHz: 48e6, cyclesPerMac: kinds, cyclesPerOutput: kinds, fixedCycles: 0, ramBytes: 64e3, powerW: 0.1 };
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

test('the page fits every width before a run, with all panels open', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  expect(await tooWide(page)).toEqual([]);
  await openAll(page, 'details');
  expect(await tooWide(page)).toEqual([]);
});

test('each choice can be read whole in its field', { tag: '@more' }, async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(page.getByLabel('Method', { exact: true }).locator('option')).toHaveCount(8);
  await workbench.chooseMethod('Candidate operations (SuperNet)');
  await openAll(page, 'details');
  const cut = await workbench.region('Set-up').evaluate((setup) =>
    [...setup.querySelectorAll('select')].flatMap((select) => {
      const widthOf = (text: string) => {
        const alone = select.cloneNode() as HTMLSelectElement;
        alone.append(new Option(text));
        alone.style.width = 'max-content';
        alone.style.position = 'absolute';
        select.after(alone);
        const { offsetWidth } = alone;
        alone.remove();
        return offsetWidth;
      };
      return [...select.options].map(({ text }) => text).filter((text) => widthOf(text) > select.offsetWidth);
    }),
  );
  expect(cut).toEqual([]);
});

test('on a phone the title and the language share a row, and so do the buttons', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto('/');
  const banner = page.getByRole('banner');
  const middle = async (place: Locator) => {
    const { y, height } = (await place.boundingBox()) as { y: number; height: number };
    return y + height / 2;
  };
  const [title, language] = [banner.getByRole('heading'), banner.getByLabel('Language')];
  expect(Math.abs((await middle(title)) - (await middle(language)))).toBeLessThan(8);
  const [first, last] = [banner.getByRole('button').first(), banner.getByRole('button').last()];
  expect(Math.abs((await middle(first)) - (await middle(last)))).toBeLessThan(8);
});

test('the page fits every width with the longest names and messages', { tag: '@more' }, async ({ page }) => {
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

test(
  'while a search runs, its gauges are on the first screen of a phone, and what it does within three',
  { tag: '@more' },
  async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await workbench.button('Start').click();
    const glance = workbench.region('At a glance');
    await expect(glance).toContainText('expected now');
    for (const bar of await glance.locator('.track').all()) {
      const { y, height } = (await bar.boundingBox()) as { y: number; height: number };
      expect(y + height).toBeLessThanOrEqual(844);
    }
    for (const panel of ['Targets', 'Search', 'Network', 'The way into the corner', 'Accuracy'])
      await expect
        .poll(() => workbench.region(panel).evaluate((part) => part.getBoundingClientRect().bottom + scrollY))
        .toBeLessThan(3 * 844);
    // None stands below the others on a tablet either.
    await page.setViewportSize({ width: 768, height: 1024 });
    const rows = () => glance.locator('.track').evaluateAll((all) => new Set(all.map((bar) => bar.getBoundingClientRect().y)).size);
    await expect.poll(rows).toBe(1);
    await workbench.button('Stop').click();
  },
);
