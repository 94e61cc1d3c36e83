/** The tour, by keyboard, and the list of lessons on a phone. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('the tour is offered once, and goes by keyboard from panel to panel', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.button('Take a tour of two minutes').press('Enter');
  await expect(page.getByRole('heading', { name: 'What is searched' })).toBeFocused();
  await expect(workbench.button('Back')).toBeDisabled();
  await workbench.button('Next').press('Enter');
  await expect(page.getByRole('heading', { name: 'The targets' })).toBeFocused();
  await expect(workbench.region('Targets')).toHaveClass(/pointed/);
  const panel = workbench.region('Lessons');
  for (const heading of ['The buttons', 'The network', 'The way into the corner', 'The result']) {
    await workbench.button('Next').press('Enter');
    await expect(panel.getByRole('heading', { name: heading, level: 3 })).toBeFocused();
  }
  await expect(workbench.region('Result')).toBeInViewport();
  await expect(workbench.region('Targets')).not.toHaveClass(/pointed/);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(workbench.button('Lessons')).toBeFocused();
  await expect(page.locator('.pointed')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText(/^Runs on/)).toBeVisible();
  await expect(page.getByText('New here?')).toHaveCount(0);
  workbench.expectNoFaults();
});

test('nothing of the page lies over the lessons on a phone', { tag: '@more' }, async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const note = workbench.region('Recorded run');
  await expect(note).toBeVisible();
  await workbench.button('Lessons').click();
  const panel = workbench.region('Lessons');
  const first = panel.getByRole('button').nth(1);
  // The page is scrolled so that the note would be where the first lesson is.
  const [at, of] = [await note.boundingBox(), await first.boundingBox()];
  if (!at || !of) throw new Error('The note or the lesson is not there.');
  await page.evaluate((by) => scrollBy({ top: by, behavior: 'instant' }), at.y - of.y);
  await expect.poll(async () => Math.abs(((await note.boundingBox())?.y ?? 0) - of.y)).toBeLessThan(2);
  const hit = await first.evaluate((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.textContent;
  });
  expect(hit).toBe(await first.textContent());
  workbench.expectNoFaults();
});
