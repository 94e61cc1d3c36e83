/** A search from its settings to its files, by keyboard alone. */
import { expect, test, type Locator } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

/** More than the page has places for the focus. */
const MOST_PLACES = 250;

test(
  'a person without a mouse sets up a search, starts, holds and moves it, and takes its network along',
  { tag: '@alone' },
  async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    const { keyboard } = page;
    const focused = (place: Locator) => place.evaluate((element) => element === document.activeElement);
    /** Goes to a place by Tab alone, and finds each place on the way marked. */
    const tabTo = async (place: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') => {
      for (let pressed = 0; pressed < MOST_PLACES; pressed++) {
        if (await focused(place)) return;
        await keyboard.press(key);
        const unmarked = await page.evaluate(() => {
          const at = document.activeElement;
          if (!at || at === document.body || !at.matches(':focus-visible')) return null;
          // The mark may be around what it stands for.
          const places = [at, at.closest('label'), at.closest('li')].filter((place) => place !== null);
          const marked = places.map((place) => getComputedStyle(place)).some((style) => style.outlineStyle !== 'none');
          return marked ? null : at.outerHTML.slice(0, 200);
        });
        expect(unmarked).toBeNull();
      }
      throw new Error(`Tab does not reach ${String(place)}`);
    };
    const type = async (field: string, value: string) => {
      await tabTo(page.getByLabel(field, { exact: true }));
      await keyboard.press('Control+A');
      await keyboard.type(value);
    };

    await tabTo(page.getByText('Training settings'));
    await keyboard.press('Enter');
    // In the order of the page.
    await type('Training pictures', '72');
    await type('Test pictures', '16');
    await type('Warm-up epochs', '1');
    await type('Search epochs', '40');
    await type('Fine-tune epochs', '1');
    await type('Examples per step', '8');
    await tabTo(workbench.button('Start'));
    await keyboard.press('Enter');
    await workbench.firstStep();
    await tabTo(workbench.button('Pause'));
    await keyboard.press('Enter');
    // The same button, which still has the focus.
    await expect(workbench.button('Resume')).toBeFocused();
    await tabTo(workbench.slider('Latency'), 'Shift+Tab');
    await keyboard.press('ArrowLeft');
    await expect(workbench.slider('Latency')).not.toHaveAttribute('aria-valuetext', 'at most 6 ms');
    await tabTo(workbench.button('Resume'));
    await keyboard.press('Enter');
    await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
    await tabTo(workbench.button('Download network'));
    const [file] = await Promise.all([page.waitForEvent('download'), keyboard.press('Enter')]);
    expect(file.suggestedFilename()).toMatch(/network\.json$/);
    workbench.expectNoFaults();
  },
);
