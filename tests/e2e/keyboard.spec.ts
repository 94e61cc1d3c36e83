/** Shortcuts, undo and redo, and the presentation, from the keyboard alone. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.use({ contextOptions: { reducedMotion: 'reduce' }, colorScheme: 'dark' });

test('settings are undone and done again, a gesture at a time, and fields keep their own keys', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const latency = page.getByLabel('Latency target in ms');
  await expect(workbench.button('Undo')).toBeDisabled();
  // A drag has many moves, and is one gesture.
  const box = await workbench.slider('Latency').boundingBox();
  if (!box) throw new Error('There is no slider.');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 0.65 * box.width, y);
  await page.mouse.down();
  for (const share of [0.6, 0.5, 0.4]) await page.mouse.move(box.x + share * box.width, y);
  await page.mouse.up();
  await expect(latency).not.toHaveValue('6');
  const dragged = await latency.inputValue();
  await page.getByLabel('Target device').focus();
  await page.getByLabel('Target device').selectOption('stm32g0b1');
  await expect(workbench.region('Targets')).toContainText('For STM32 G0B1');
  await page.keyboard.press('Escape');
  await workbench.button('Undo').press('Enter');
  await expect(workbench.region('Targets')).toContainText('For GAP8');
  await expect(latency).toHaveValue(dragged);
  await page.keyboard.press('Control+z');
  await expect(latency).toHaveValue('6');
  await expect(workbench.button('Undo')).toBeDisabled();
  await page.keyboard.press('Control+Shift+Z');
  await expect(latency).toHaveValue(dragged);

  // Letters in a field are text, and no shortcut.
  await latency.fill('5');
  await page.keyboard.type('s?');
  await expect(latency).toHaveValue('5s?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await workbench.button('Undo').focus();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(list).toContainText('Copy a link that carries all settings');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await list.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await page.keyboard.press('p');
  await expect(page.getByRole('main', { name: 'Presentation' })).toHaveCount(0);
  workbench.expectNoFaults();
});

test('quick presses of arrow keys on a slider are undone at once', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const latency = page.getByLabel('Latency target in ms');
  const slider = workbench.slider('Latency');
  await expect(slider).toHaveAttribute('aria-valuetext', 'at most 6 ms');
  await slider.focus();
  for (let times = 0; times < 6; times++) await page.keyboard.press('ArrowLeft');
  await expect(latency).not.toHaveValue('6');
  const moved = await latency.inputValue();
  await workbench.slider('Flash memory').press('ArrowLeft');
  await page.keyboard.press('Control+z');
  await expect(latency).toHaveValue(moved);
  await page.keyboard.press('Control+z');
  await expect(latency).toHaveValue('6');
  await expect(workbench.button('Undo')).toBeDisabled();
  workbench.expectNoFaults();
});

test('what a key opens during a presentation lies over it, and leads back to it', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(workbench.region('At a glance')).toContainText('Found a network that fits');
  await workbench.button('Runs').focus();
  await page.keyboard.press('p');
  const show = page.getByRole('main', { name: 'Presentation' });
  await expect(show).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(show).toContainText('Chart 2 of');
  for (const [key, name] of [
    ['?', 'Keyboard shortcuts'],
    ['r', 'Kept runs'],
  ] as const) {
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog', { name });
    await expect(dialog).toBeVisible();
    // The keys of the presentation wait.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(show).toContainText('Chart 2 of');
    await expect(show).toBeFocused();
  }
  await page.keyboard.press('Escape');
  await expect(show).toHaveCount(0);
  await expect(workbench.button('Runs')).toBeFocused();
  workbench.expectNoFaults();
});

test('a presentation fills a projector, turns its charts by arrow keys, and is left by Escape', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await expect(workbench.region('At a glance')).toContainText('Found a network that fits');
  await workbench.button('Runs').focus();
  const show = page.getByRole('main', { name: 'Presentation' });
  for (const [width, height, colorScheme] of [
    [1024, 768, 'dark'],
    [1920, 1080, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.keyboard.press('p');
    await expect(show.getByRole('region', { name: 'The way into the corner' })).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(show.locator('figcaption', { hasText: 'Accuracy (fraction)' })).toBeVisible();
    expect(await workbench.accessibilityFaults()).toEqual([]);
    // All of it is on the screen, and its type is larger than on the page.
    await expect
      .poll(() => show.evaluate((all) => [all.scrollWidth - all.clientWidth, all.scrollHeight - all.clientHeight]))
      .toEqual([0, 0]);
    const foot = await show.getByRole('button', { name: 'Leave (Escape)' }).boundingBox();
    expect(foot?.y).toBeGreaterThan(0.9 * height);
    expect(foot && foot.y + foot.height).toBeLessThan(height);
    const scale = await show.evaluate((all) => all.getBoundingClientRect().width / (all as HTMLElement).offsetWidth);
    expect(scale).toBeGreaterThan(1.29);
    await page.keyboard.press('Escape');
    await expect(show).toHaveCount(0);
    await expect(workbench.button('Runs')).toBeFocused();
  }
  workbench.expectNoFaults();
});
