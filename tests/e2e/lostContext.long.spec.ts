/** A WebGL context that is really lost while a search trains on it. */
import { expect, test, type Page, type Worker } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

/** tfjs's own context, in the thread that searches. */
type Engine = { readonly _tfengine?: { readonly backend: { readonly gpgpu: { readonly gl: WebGL2RenderingContext } } } };
const contextLost = () => (globalThis as Engine)._tfengine?.backend.gpgpu.gl.isContextLost();
const loseContext = () => (globalThis as Engine)._tfengine?.backend.gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext();

async function searchWorker(page: Page): Promise<Worker> {
  for (const worker of page.workers()) if (await worker.evaluate(() => '_tfengine' in globalThis)) return worker;
  throw new Error('no worker has tfjs');
}

test('a search goes on by itself when its WebGL context is lost', async ({ page }) => {
  test.setTimeout(400_000);
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.pickBackend('WebGL');
  // Dense layers, since a software renderer takes half a minute for a step of convolutions.
  await page.getByLabel('Task', { exact: true }).selectOption({ label: 'Anomaly detection' });
  await workbench.set({ 'Examples per step': 8, 'Search epochs': 500 });
  await workbench.button('Start').click();
  const step = async () => {
    const { epoch = 0, step = 0 } =
      /epoch (?<epoch>\d+) of .*step (?<step>\d+) of/.exec((await workbench.progress.getAttribute('aria-valuetext')) ?? '')?.groups ?? {};
    return 100 * Number(epoch) + Number(step);
  };
  await expect.poll(step, { timeout: 200_000 }).toBeGreaterThan(102);
  const worker = await searchWorker(page);
  const before = await step();
  await worker.evaluate(loseContext);
  await expect.poll(() => worker.evaluate(contextLost), { timeout: 100_000 }).toBe(false);
  await expect.poll(step, { timeout: 180_000 }).toBeGreaterThan(before);
  // What a lost context computes is zeros.
  expect((await workbench.table('Loss')).every(([, loss]) => (loss as number) > 0)).toBe(true);
  await expect(page.getByText('Start again; if it happens again')).toHaveCount(0);
  // Where contexts are lost again and again, sooner than the next checkpoint, it can be started on what needs none.
  const elsewhere = page.getByRole('button', { name: 'Start again on WebAssembly' });
  await expect(async () => {
    await worker.evaluate(loseContext);
    await expect(elsewhere).toBeEnabled({ timeout: 100 });
  }).toPass({ timeout: 100_000, intervals: [50] });
  await elsewhere.click();
  await expect(page.getByText(/^Runs on WebAssembly/)).toBeVisible();
  await expect.poll(step, { timeout: 100_000 }).toBeGreaterThan(101);
  await expect(elsewhere).toHaveCount(0);
  await workbench.button('Stop').click();
  workbench.expectNoFaults();
});
