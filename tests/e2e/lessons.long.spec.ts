/** Lessons from their first step to their last, with real searches, and whether what they say to see is there. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.setTimeout(900_000);

/** What they are expected to show, on WebAssembly and the default random seed. */
const shown: Readonly<Record<string, readonly RegExp[]>> = {
  'One strength, two limits': [
    /It came outIt meets the memory limit only\./,
    /It came outIt meets both limits\./,
    /Constraints: [\d.]+ kB/,
  ],
  'What a mixed operation learns': [/It came outthe separable 3×3 convolution/, /stack2b: separable 3×3, \d+(\.\d)? %/],
  'A target that moves': [/It came outSome dozens of steps later/, /under the new target about \d+ steps later/],
  'A corner that nothing reaches': [/It came outIt says before any training/, /The found network takes [\d.]+ kB/],
  'Channels or branches': [/It came outThe choice of channels/, /Channels: 3\d(\.\d+)? kB/],
  'Was the search worth it?': [
    /Found, from scratch: [\d.]+ %\./,
    /Largest: [\d.]+ %/,
    /Random: ([\d.]+ %(, | and )?){4}\./,
    /standard error/,
  ],
};

for (const [lesson, sentences] of Object.entries(shown))
  test(`the lesson “${lesson}” shows what it says`, async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await workbench.button('Lessons').click();
    const panel = workbench.region('Lessons');
    await workbench.button(lesson).click();
    const next = workbench.button('Next');
    const texts: string[] = [];
    for (let step = 1; ; step++) {
      await expect(panel).toContainText(new RegExp(`Step ${step} of \\d+`));
      if ((await panel.getByRole('radio').count()) > 0) await panel.getByRole('radio').first().check();
      // While the page is being set, no button leads on.
      await expect(panel.locator('button.primary:enabled').first()).toBeVisible();
      const asked = await panel.getByText(/^Press “/).allTextContents();
      for (const text of asked) {
        await panel.getByRole('button', { name: text.slice('Press “'.length, -'”.'.length), exact: true }).click();
        await expect(panel).toContainText('Done.', { timeout: 600_000 });
      }
      texts.push((await panel.textContent()) ?? '');
      if ((await next.count()) === 0) break;
      await next.click();
    }
    const all = texts.join('\n');
    for (const sentence of sentences) expect(all).toMatch(sentence);
    expect(all).not.toMatch(/NaN|undefined/);
    await workbench.button('End the lesson').click();
    await expect(page.getByLabel('Flash memory target in kB')).toHaveValue('40');
    await expect(page.getByLabel('Latency target in ms')).toHaveValue('6');
    workbench.expectNoFaults();
  });

test('a lesson asks first, shows what the page says, waits while it is closed, and puts the settings back', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByLabel('Latency target in ms').fill('5');
  await workbench.button('Lessons').click();
  const panel = workbench.region('Lessons');
  await workbench.button('A corner that nothing reaches').click();
  await panel.getByText('What this lesson has set').click();
  await expect(panel).toContainText('Targets: at most 8.5 kB of flash memory, at most 6 ms of latency');
  await workbench.button('Next').click();
  await expect(workbench.button('Next')).toBeDisabled();
  await panel.getByRole('radio', { name: 'It trains, and says at the end' }).check();
  await workbench.button('Next').click();
  await workbench.button('Limit latency to 2.8 ms').click();
  await expect(panel).toContainText('Done.');
  await expect(workbench.button('Start')).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await workbench.button('Go on: A corner that nothing reaches').click();
  await workbench.button('Next').click();
  await expect(panel).toContainText('raise the latency target to 2.915 ms or more');
  await expect(panel).toContainText('You predictedIt trains');
  await expect(panel).toContainText('It came outIt says before any training');
  expect(await workbench.accessibilityFaults()).toEqual([]);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await expect(workbench.region('Targets')).toBeInViewport();
  await workbench.button('End the lesson').click();
  await expect(panel.getByRole('heading', { name: 'Lessons' })).toBeFocused();
  await expect(page.getByLabel('Latency target in ms')).toHaveValue('5');
  await expect(page.getByLabel('Flash memory target in kB')).toHaveValue('40');
  await expect(workbench.button('Start')).toBeEnabled();
  workbench.expectNoFaults();
});
