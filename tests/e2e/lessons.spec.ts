/** The tour and the lessons: by keyboard, at the width of a phone, and with the page's settings put back. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('the tour is offered once, and goes by keyboard from panel to panel', async ({ page }) => {
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
