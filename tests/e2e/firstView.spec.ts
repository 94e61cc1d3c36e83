/** What a person can do before all of the page is there. */
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.use({ serviceWorkers: 'allow' });

test('a target is taken while the backend starts, and what is kept for later is fetched after that', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/assets/tfjs-backend-wasm-*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  const isKept = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()) !== undefined);
  await page.goto('/');
  await page.getByLabel('Flash memory target in kB').fill('0.1');
  await expect(workbench.region('Targets').getByRole('alert')).toContainText('No network in this space meets both.');
  await expect(workbench.region('At a glance')).toContainText('0.1 kB of flash memory');
  await expect(page.getByText('Starting the backend …')).toBeVisible();
  expect(await isKept()).toBe(false);
  release();
  await expect(page.getByText(/^Runs on/)).toBeVisible();
  await expect.poll(isKept).toBe(true);
  workbench.expectNoFaults();
});

test('the first view needs few scripts, less than 200 kB of them as a host sends them', async ({ request }) => {
  const html = await (await request.get('/')).text();
  const scripts = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => path as string);
  const sizes = await Promise.all(scripts.map(async (path) => gzipSync(await (await request.get(path)).body()).length));
  expect(scripts.length).toBeLessThan(5);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
});
