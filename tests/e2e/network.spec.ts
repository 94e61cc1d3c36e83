/** The network's drawing as it is explored; the recorded run gives a found network at once. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('layers tell their numbers to keyboard and pointer, and the drawing zooms, drags and folds without moving the page', async ({
  page,
}) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const network = workbench.region('Network');
  const details = network.getByRole('region', { name: 'Details' });
  await expect(workbench.region('Recorded run')).toBeVisible();
  // Each convolution tells how many channels are left.
  await expect(
    network
      .getByRole('button', { name: /^Details of/ })
      .locator('..')
      .getByText('channels kept'),
  ).toHaveCount(9);
  // Its channels are bars, of which those that were removed are dark; under its layers stands their shape.
  const last = network.locator('ol > li', { has: page.getByRole('button', { name: 'Details of stack3aConv', exact: true }) });
  await expect(last).toContainText(/3×3 conv\. *\d\d\/64.*8×8×64$/s);
  const bars = last.locator('.all-channels');
  await expect(bars).toHaveCSS('mask-image', /^repeating-linear-gradient\(90deg/);
  const [kept] = (await last.locator('.channels').innerText()).match(/\d+/) ?? [];
  const lit = await last.locator('.kept-channels').evaluate((one) => one.getBoundingClientRect().width);
  expect(lit / ((await bars.boundingBox())?.width as number)).toBeCloseTo(Number(kept) / 64, 2);
  const below = workbench.region('Accuracy');
  // The panel's own height changes with the legend beside it.
  const place = async () => {
    const { x, y, width } = (await below.boundingBox()) as { x: number; y: number; width: number };
    return { x, y, width };
  };
  const before = await place();

  await network.getByRole('button', { name: 'Table' }).focus();
  await page.keyboard.press('Tab');
  await expect(details).toContainText('stemConv');
  await page.keyboard.press('ArrowRight');
  await expect(details).toContainText('stack1aConv');
  await expect(details.getByRole('row', { name: /^Flash memory \S+ kB \S+ %$/ })).toBeVisible();
  await expect(details.getByText(/^Channels of stack1aConv: \d+\/16 channels kept$/)).toBeVisible();
  await expect(details).toContainText(/\. Output 32×32×(\d+): \1 of 16 channels are left\./);
  await expect(details.locator('polyline')).toHaveCount(1);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);

  const drawing = network.getByRole('group', { name: /^Graph of the network/ });
  const width = async () => (await drawing.locator('ol > li').first().boundingBox())?.width as number;
  const whole = await width();
  await page.keyboard.press('+');
  await expect.poll(width).toBeCloseTo(1.25 * whole, 1);
  const middle = async () => {
    const { x, y, width: wide, height } = (await drawing.boundingBox()) as { x: number; y: number; width: number; height: number };
    return [x + wide / 2, y + height / 2] as const;
  };
  const [x, y] = await middle();
  await page.mouse.move(x, y);
  await page.mouse.down();
  const scrolled = () => drawing.evaluate(({ scrollLeft }) => scrollLeft);
  const from = await scrolled();
  await page.mouse.move(x - 40, y, { steps: 4 });
  await page.mouse.up();
  expect(await scrolled()).toBeCloseTo(from + 40, 0);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 100);
  await page.keyboard.up('Control');
  await expect.poll(width).toBeLessThan(1.1 * whole);
  await workbench.button('Fit the whole network').click();
  await expect.poll(width).toBeCloseTo(whole, 1);
  expect(await place()).toEqual(before);

  const stack = network.getByRole('button', { name: 'Details of stack1aConv', exact: true });
  await stack.click();
  await details.getByRole('button', { name: 'Fold into all of stack1' }).click();
  await expect(stack).toHaveCount(0);
  await network.getByRole('button', { name: 'Details of all of stack1' }).click();
  await expect(details).toContainText('1 block with 7 layers');
  await details.getByRole('button', { name: 'Unfold' }).click();
  await expect(stack).toBeVisible();

  await network.getByRole('button', { name: 'Show table of layers' }).click();
  await expect(network.getByRole('row', { name: /^stack1aConv / })).toContainText('kB');
  workbench.expectNoFaults();
});

for (const locale of ['en', 'zh-CN'])
  test.describe(() => {
    test.use({ locale });
    test(`a weight of 100 % keeps away from the name beside it, in ${locale}`, { tag: '@more' }, async ({ page }) => {
      await page.goto('/');
      await page.getByLabel(locale === 'en' ? 'Method' : '方法', { exact: true }).selectOption('supernet');
      const lines = page.locator('.drawing ul li:has(.weight)');
      await expect(lines).toHaveCount(24);
      // Each branch is as thick as its weight.
      const thickness = await lines.evaluateAll((all) =>
        all.map((line) => {
          const [branch, percent] = [line.querySelector('.weight') as HTMLElement, line.querySelector('.percent') as HTMLElement];
          return Math.abs(branch.getBoundingClientRect().height / line.getBoundingClientRect().height - parseInt(percent.innerText) / 100);
        }),
      );
      expect(Math.max(...thickness)).toBeLessThan(0.02);
      const room = await lines.evaluateAll((all) =>
        all.map((line) => {
          const percent = line.querySelector('.percent') as HTMLElement;
          percent.textContent = '100%';
          const [name, weight] = [
            (line.querySelector('.candidate') as HTMLElement).getBoundingClientRect(),
            percent.getBoundingClientRect(),
          ];
          const { right } = line.getBoundingClientRect();
          return Math.min(weight.left - name.right, right - weight.right + 2);
        }),
      );
      expect(Math.min(...room)).toBeGreaterThan(2);
    });
  });
