/** What the page shows before the first Start: a recorded run, which nobody may take for a run of their own. */
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

test('without its file the page is as it is before a run', async ({ page }) => {
  await page.route(/recordedRun/, (route) => route.abort());
  const missed = page.waitForEvent('requestfailed');
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await missed;
  await expect(workbench.region('At a glance')).toContainText('Press Start to search');
  await expect(workbench.region('Recorded run')).toHaveCount(0);
});
