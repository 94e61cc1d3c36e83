/** The look at the examples before training. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test('examples are seen and heard, and counted by class', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.button('Look at the pictures …').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('row', { name: /^All/ })).toContainText('1,440');
  await expect(dialog.getByRole('img', { name: /^picture \d of class disc/ }).first()).toBeVisible();
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.getByLabel('Task').selectOption('kws');
  await workbench.button('Look at the clips …').click();
  await expect(dialog.getByRole('img', { name: 'Spectrogram of clip 1 of class yes' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Play clip 1 of class yes' }).click();
  await expect(dialog).toContainText('A program made the training clips and the test clips');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  workbench.expectNoFaults();
});
