/** What a person does twice, fast or over and over must end as if it had been done once. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

const tiny = {
  'Examples per step': 8,
  'Training pictures': 64,
  'Test pictures': 16,
  'Warm-up epochs': 1,
  'Search epochs': 1,
  'Fine-tune epochs': 1,
};

test('a double click on Start begins one search', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.set(tiny);
  await workbench.button('Start').dblclick();
  // A second search would begin at step 1 again, with a longer table than one search has steps.
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const steps = (await workbench.table('Loss')).map(([step]) => step as number);
  expect(new Set(steps).size).toBe(steps.length);
  workbench.expectNoFaults();
});

test('two tabs search at the same time, each for itself', async ({ page, context }) => {
  const workbenches = [new WorkbenchPage(page), new WorkbenchPage(await context.newPage())];
  for (const workbench of workbenches) {
    await workbench.open();
    await workbench.set(tiny);
  }
  for (const workbench of workbenches) await workbench.button('Start').click();
  for (const workbench of workbenches) await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  const results = await Promise.all(workbenches.map((workbench) => workbench.region('Result').innerText()));
  expect(results[1]).toBe(results[0]);
  for (const workbench of workbenches) workbench.expectNoFaults();
});

test('a slider dragged fast to what is impossible and back leaves the search running and the last target in force', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.set({ ...tiny, 'Search epochs': 4 });
  await workbench.button('Start').click();
  await workbench.firstStep();
  const slider = workbench.slider('Flash memory');
  const [least, most] = [await slider.getAttribute('min'), await slider.getAttribute('max')];
  for (let round = 0; round < 20; round++) await slider.fill((round % 2 === 0 ? least : most) as string);
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  await expect(workbench.region('Result').getByRole('row', { name: /^Flash memory/ })).toContainText(' met');
  workbench.expectNoFaults();
});

test('started and stopped many times, the page stays as ready as before', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.set(tiny);
  const workers: number[] = [];
  for (let round = 0; round < 12; round++) {
    await workbench.button('Start').click();
    await workbench.firstStep();
    await workbench.button('Stop').click();
    await expect(workbench.button('Start')).toBeEnabled();
    workers.push(page.workers().length);
  }
  // The browser keeps some ended threads for a while. A thread left behind by each of the last six rounds would be six more.
  expect((workers.at(-1) as number) - (workers[5] as number)).toBeLessThan(6);
  await workbench.button('Start').click();
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });
  workbench.expectNoFaults();
});
