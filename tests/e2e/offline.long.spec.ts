/** The page without its server, on a host that sets no headers, with damaged files, and beside a newer version. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { WorkbenchPage } from './workbenchPage';

// A trace touches the page, after which the page no longer reloads itself.
test.use({ serviceWorkers: 'allow', trace: 'off' });

const { serve } = createRequire(import.meta.url)('../../scripts/serve.cjs') as { serve: (folder: string, port: number) => Promise<Server> };
const dist = resolve(import.meta.dirname, '../../dist');
const tiny = {
  'Examples per step': 8,
  'Training pictures': 72,
  'Test pictures': 16,
  'Warm-up epochs': 1,
  'Search epochs': 1,
  'Fine-tune epochs': 1,
};

let server: Server | undefined;
const close = () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
};
test.setTimeout(120_000);
test.afterEach(close);

const addressOf = (listening: Server) => `http://localhost:${(listening.address() as AddressInfo).port}/`;

/** A host that knows files and types, and nothing else. */
async function plainHost(folder: string, path: string): Promise<string> {
  const types: Readonly<Record<string, string>> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
  };
  server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://host');
    const name = pathname === path ? 'index.html' : pathname.slice(path.length);
    try {
      if (!pathname.startsWith(path)) throw new Error('outside');
      response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream' }).end(readFileSync(join(folder, name)));
    } catch {
      response.writeHead(404).end('Not found');
    }
  });
  await new Promise<void>((listening) => server?.listen(0, 'localhost', listening));
  return addressOf(server).slice(0, -1) + path;
}

const running = (page: Page) => expect(page.getByText(/^Runs on/)).toBeVisible();
const controlled = (page: Page) =>
  expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null).catch(() => false)).toBe(true);
/** Opens a page that reloads itself once. Until then nothing is evaluated on it, because that counts as touched by a person. */
async function openTwice(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForEvent('load');
  await running(page);
  expect(await isolated(page)).toBe(true);
}
const isolated = (page: Page) => page.evaluate(() => crossOriginIsolated);

test('after the first visit the page can be installed, and opens and searches without its server', async ({ page, context }) => {
  server = await serve(dist, 0);
  await page.goto(addressOf(server));
  await controlled(page);
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Tests have private windows, which install nothing.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  close();
  await context.setOffline(true);
  await page.reload();
  await running(page);
  expect(await isolated(page)).toBe(true);
  const workbench = new WorkbenchPage(page);
  await workbench.set(tiny);
  await workbench.button('Start').click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/);
  await workbench.button('Export for a device …').click();
  const [archive] = await Promise.all([page.waitForEvent('download'), workbench.button('Download everything').click()]);
  expect(Object.keys(unzipSync(readFileSync(await archive.path())))).toEqual(
    expect.arrayContaining(['model.tflite', 'model.onnx', 'model.c']),
  );
  await page.keyboard.press('Escape');
  await workbench.button('Runs').click();
  await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
  workbench.expectNoFaults();
});

test('in a folder of a host without headers the page isolates itself, and mends what is damaged', async ({ page }) => {
  await openTwice(page, await plainHost(dist, '/some/folder/'));
  const broken = await page.evaluate(async () => {
    const cache = await caches.open((await caches.keys())[0] as string);
    const files = await cache.keys();
    for (const [index, file] of files.entries()) {
      if (index % 3 === 0) await cache.delete(file);
      if (index % 3 === 1) await cache.put(file, new Response('damaged', { headers: { 'content-type': 'text/html' } }));
    }
    return files.length;
  });
  expect(broken).toBeGreaterThan(25);
  await page.reload();
  await running(page);
  const workbench = new WorkbenchPage(page);
  await workbench.button('Step').click();
  await workbench.firstStep();
  await workbench.button('Resume').click();
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  await expect(page.getByText(cores > 1 ? /fused on [2-9]\d* threads/ : /fused on 1 thread\b/)).toBeVisible();
  workbench.expectNoFaults();
  // Held to the policy without a header of the host.
  expect(await page.evaluate(() => fetch('https://example.com/').catch(() => 'refused'))).toBe('refused');
});

test('a newer version waits until no search is under way and a person agrees', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'offline-'));
  try {
    cpSync(dist, folder, { recursive: true });
    await openTwice(page, await plainHost(folder, '/'));
    const workbench = new WorkbenchPage(page);
    const offer = page.getByText('A new version is ready.');
    await workbench.button('Step').click();
    await workbench.firstStep();
    renew(folder);
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.update();
    });
    await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting !== null)).toBe(true);
    await expect(offer).toHaveCount(0);
    await workbench.button('Reset').click();
    await expect(offer).toBeVisible();
    await page.reload();
    await expect(page).toHaveTitle('NAS Workbench');
    const description = page.locator('meta[name="description"]');
    await expect(description).toHaveAttribute('content', /^Search/);
    await offer.getByRole('button', { name: 'Reload' }).click();
    await expect(description).toHaveAttribute('content', /^Find/);
    await running(page);
    await expect(offer).toHaveCount(0);
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Makes another version of a built page. */
function renew(folder: string): void {
  const page = join(folder, 'index.html');
  const worker = join(folder, 'sw.js');
  const hash = () => createHash('sha256').update(readFileSync(page)).digest('hex');
  const before = hash();
  writeFileSync(page, readFileSync(page, 'utf8').replace('content="Search', 'content="Find'));
  const script = readFileSync(worker, 'utf8');
  writeFileSync(worker, script.replace(before, hash()).replace(/\bid:(["'`])\w+\1/, 'id:$1newer$1'));
}
