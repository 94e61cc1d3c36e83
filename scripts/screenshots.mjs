/**
 * `npm run screenshots`: pictures of the main views for docs/, taken from the built page in Chromium, at the widths of a laptop, a tablet
 * and a phone, in light and dark. Look at each one.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from '@playwright/test';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
const { root } = require('./install.cjs');
const { ensureChromium } = require('./chromium.cjs');
const PORT = process.env.PORT ?? '4323';
const SEARCH_MS = 600_000;
/** Charts follow within some seconds. */
const CHARTS_MS = 3000;
const SIZES = [
  [1440, 900],
  [768, 1024],
  [390, 844],
];
const SCHEMES = ['light', 'dark'];

/** Few colours keep a picture of an interface small. */
const save = async (bytes, name) =>
  void (await sharp(bytes)
    .png({ palette: true, colours: 128 })
    .toFile(join(root, 'docs', `${name}.png`)));

const server = spawn(process.execPath, [join(root, 'scripts', 'start.cjs')], {
  env: { ...process.env, PORT },
  stdio: ['ignore', 'pipe', 'inherit'],
});
await new Promise((resolve) => server.stdout.on('data', (text) => String(text).includes(PORT) && resolve()));
const browser = await chromium.launch({ executablePath: ensureChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const button = (name) => page.getByRole('button', { name, exact: true });
  mkdirSync(join(root, 'docs', 'screenshots'), { recursive: true });

  /** A view at all sizes and in all schemes. @param top what a narrow screen shows first, where it has to be scrolled to */
  const shoot = async (view, top = null) => {
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        // Charts follow within some time.
        await page.waitForTimeout(500);
        await page.evaluate(() => globalThis.scrollTo(0, 0));
        if (top && width < SIZES[0][0]) await top.evaluate((element) => element.scrollIntoView({ block: 'start' }));
        // A lossy picture of this size loses thin lines.
        const few = await sharp(await page.screenshot())
          .png({ palette: true, colours: 64, dither: 0 })
          .toBuffer();
        await sharp(few)
          .webp({ lossless: true, effort: 6 })
          .toFile(join(root, 'docs', 'screenshots', `${view}-${width}-${colorScheme}.webp`));
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  };

  const enabled = (name) => page.locator('button:enabled', { hasText: new RegExp(`^${name}$`) });
  const started = async () => {
    await button('Start').click();
    await enabled('Stop').waitFor();
  };

  await page.goto(`http://localhost:${PORT}`);
  await page.getByRole('region', { name: 'Recorded run' }).waitFor();
  await page.getByRole('region', { name: 'Accuracy', exact: true }).getByText('No values yet').first().waitFor({ state: 'hidden' });
  await page.waitForTimeout(CHARTS_MS);
  await shoot('before');
  await button('Look at the pictures …').click();
  await page.getByRole('dialog').getByRole('img').first().waitFor();
  await save(await page.getByRole('dialog').screenshot(), 'look');
  await page.keyboard.press('Escape');

  await started();
  await page
    .getByRole('progressbar', { name: 'Progress' })
    .and(page.locator('[aria-valuetext^="Fine-tune"]'))
    .waitFor({ timeout: SEARCH_MS });
  await shoot('running', page.getByRole('region', { name: 'Search', exact: true }));
  await page.getByRole('status').filter({ hasText: 'Search finished' }).waitFor({ timeout: SEARCH_MS });
  await page.waitForTimeout(CHARTS_MS);
  await save(await page.screenshot(), 'screenshot');
  await shoot('result', page.getByRole('region', { name: 'Result', exact: true }));
  await page.keyboard.press('p');
  await page.getByRole('main', { name: 'Presentation' }).waitFor();
  await shoot('presentation');
  await page.keyboard.press('Escape');
  await button('Export for a device …').click();
  await page.getByRole('heading', { name: 'Export for a device' }).waitFor();
  await page.waitForTimeout(CHARTS_MS);
  await shoot('export');
  await page.keyboard.press('Escape');

  // Short searches under other limits, for a list of runs to compare.
  await page.getByText('Training settings').click();
  for (const [label, value] of [
    ['Training pictures', 400],
    ['Test pictures', 200],
    ['Warm-up epochs', 1],
    ['Search epochs', 2],
    ['Fine-tune epochs', 4],
  ])
    await page.getByLabel(label, { exact: true }).fill(String(value));
  for (const [flash, latency] of [
    [60, 7],
    [30, 5],
    [20, 4],
  ]) {
    await page.getByLabel('Flash memory target in kB').fill(String(flash));
    await page.getByLabel('Latency target in ms').fill(String(latency));
    await started();
    await enabled('Start').waitFor({ timeout: SEARCH_MS });
  }
  await button('Runs').click();
  await page.getByRole('region', { name: 'Quality over cost' }).waitFor();
  await shoot('runs');
  await page.keyboard.press('Escape');
  await button('Lessons').click();
  await button('What a mixed operation learns').click();
  await button('Next').click();
  await shoot('lesson');

  const clips = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await clips.goto(`http://localhost:${PORT}`);
  await clips.getByLabel('Task', { exact: true }).selectOption('kws');
  await clips.getByRole('button', { name: 'Look at the clips …' }).click();
  await clips
    .getByRole('img', { name: /^Spectrogram/ })
    .first()
    .waitFor();
  await save(await clips.getByRole('dialog').screenshot(), 'look-clips');
} finally {
  await browser.close();
  server.kill();
}
