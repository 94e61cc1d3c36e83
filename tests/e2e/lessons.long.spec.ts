/** Every lesson from its first step to its last, with real searches, and whether what it says to see is there. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.setTimeout(900_000);

/** What each lesson is expected to show, on WebAssembly and its default random seed. */
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
  'Was the search worth it?': [/It came out/, /Trained from scratch like the others, the found network/],
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
