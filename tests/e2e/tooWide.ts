/** What tests of the page's width share. */
import type { Page } from '@playwright/test';

/** 320 is also the width of a 1280-pixel window at a zoom of 400 %. */
const WIDTHS = [320, 360, 768, 1280];

/** Elements that reach over the right edge at each width; none on a correct page. */
export async function tooWide(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const [content, screen, culprits, bursting] = await page.evaluate(async () => {
      // Charts take a few frames to follow a change of size.
      for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
      const over = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5);
      // Nothing may reach out of its panel either.
      const bursting = [...document.querySelectorAll('.panel')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
      const name = (element: Element) => `${element.tagName}.${element.getAttribute('class')} "${element.textContent.slice(0, 30)}"`;
      const culprits = [...bursting, ...over].map(name).slice(0, 8);
      return [document.documentElement.scrollWidth, innerWidth, culprits.join(', '), bursting.length] as const;
    });
    if (content !== screen || bursting > 0) found.push(`${content} of ${screen}: ${culprits}`);
  }
  return found;
}

/** All that opens in its place, and the menus that open over it where they are asked for. */
export const openAll = (page: Page, which = 'details:not(.chart-menu)') =>
  page.locator(which).evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));
