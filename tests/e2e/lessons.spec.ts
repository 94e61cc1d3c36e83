/** The tour, by keyboard. */
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
