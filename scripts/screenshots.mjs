/** `npm run screenshots`: pictures of the main views for docs/, taken from the built page in Chromium. Look at each one. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from '@playwright/test';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
const { root } = require('./install.cjs');
const { ensureChromium } = require('./chromium.cjs');
const PORT = 4323;
const SEARCH_MS = 600_000;

/** Few colours keep a picture of an interface small. */
const save = async (bytes, name) =>
  void (await sharp(bytes)
    .png({ palette: true, colours: 128 })
    .toFile(join(root, 'docs', `${name}.png`)));

const server = spawn(process.execPath, [join(root, 'scripts', 'start.cjs')], {
  env: { ...process.env, PORT },
  stdio: ['ignore', 'pipe', 'inherit'],
});
await new Promise((resolve) => server.stdout.on('data', (text) => String(text).includes(String(PORT)) && resolve()));
const browser = await chromium.launch({ executablePath: ensureChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`http://localhost:${PORT}`);
  await page.getByText(/^Runs on/).waitFor();
  await page.getByRole('button', { name: 'Look at the pictures …' }).click();
  await page.getByRole('dialog').getByRole('img').first().waitFor();
  await save(await page.getByRole('dialog').screenshot(), 'look');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('Found a network that').waitFor({ timeout: SEARCH_MS });
  // Charts follow within some seconds.
  await page.waitForTimeout(3000);
  await save(await page.screenshot(), 'screenshot');
} finally {
  await browser.close();
  server.kill();
}
