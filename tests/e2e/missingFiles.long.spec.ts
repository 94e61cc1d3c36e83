/** Files that disappear while the page is open, because the workbench was rebuilt or its server has ended. */
import { expect, test, type Locator, type Route } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

const advice = 'The workbench was updated or its server has ended: start it again and reload the page.';
const answers: Readonly<Record<string, (route: Route) => Promise<void>>> = {
  'a 404': (route) => route.fulfill({ status: 404, body: 'Not found' }),
  'a page': (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><title>NAS Workbench</title>' }),
  'no connection': (route) => route.abort('connectionrefused'),
};

for (const [what, answer] of Object.entries(answers)) {
  test(`training kernels that are answered with ${what} are told as missing, not as a lack of the machine`, async ({ page }) => {
    const workbench = new WorkbenchPage(page);
    await workbench.open();
    await page.route('**/assets/{relaxed,simd}-*.wasm', answer);
    await workbench.button('Step').click();
    await expect(workbench.region('Search').getByRole('alert')).toHaveText(
      new RegExp(`^(relaxed|simd)-.*\\.wasm could not be loaded \\(.*\\)\\. ${advice}$`),
    );
    await expect(page.getByText('Failed', { exact: true })).toBeVisible();
    // When the file is back, the page uses it without a reload.
    await page.unroute('**/assets/{relaxed,simd}-*.wasm');
    await workbench.button('Step').click();
    await workbench.firstStep();
  });
}

const parts: Readonly<Record<string, string>> = {
  'the script of the search': '**/assets/search.worker-*.js',
  'the backend’s script': '**/assets/dist-*.js',
  'the backend’s binary': '**/assets/tfjs-backend-wasm-*.wasm',
};

for (const [part, files] of Object.entries(parts)) {
  for (const what of ['a 404', 'a page']) {
    test(`${part} answered with ${what} is told as missing at once, and nothing slower is started`, async ({ page }) => {
      await page.route(files, answers[what] as (route: Route) => Promise<void>);
      await page.goto('/');
      await expect(page.getByRole('banner').getByRole('alert')).toContainText(advice);
      await expect(page.getByText(/^Runs on/)).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled();
    });
  }
}

test('without the script of the search the middle of the page says so, and starts anew when it is back', async ({ page }) => {
  const script = '**/assets/search.worker-*.js';
  await page.route(script, answers['a 404'] as (route: Route) => Promise<void>);
  const workbench = new WorkbenchPage(page);
  await page.goto('/');
  const missing = workbench.region('There are no pictures to learn from');
  await expect(missing).toContainText(advice);
  await expect(missing.getByText('A report for whoever mends it')).toHaveCount(0);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await page.unroute(script);
  await missing.getByRole('button', { name: 'Reload' }).click();
  await expect(workbench.region('At a glance')).toBeVisible();
  await expect(missing).toHaveCount(0);
});

test('examples that cannot be made are told in the middle of the page, and made at the next try', async ({ page }) => {
  // Clips cannot be made at the first two tries, as if they had no generator, and each takes its time.
  const fails = `let fails = 2;
  addEventListener('message', ({ data: { path, argumentList } }) => {
    if (path?.[0] !== 'useBuiltInData' || argumentList[0].value !== 'kws') return;
    for (const until = Date.now() + 500; Date.now() < until;);
    if (fails-- > 0) argumentList[0].value = 'no such task';
  });`;
  await page.route('**/assets/search.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${fails}${await response.text()}` });
  });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page.getByLabel('Task', { exact: true }).selectOption({ label: 'Keyword spotting' });
  await expect(workbench.region('At a glance')).toContainText('Loading the clips of this task. The limits of its search follow.');
  await expect(workbench.region('Set-up')).toContainText('ClipsLoading …');
  const missing = workbench.region('There are no clips to learn from');
  await expect(missing).toContainText('there is no task "no such task"');
  await expect(workbench.region('At a glance')).toHaveCount(0);
  await expect(workbench.region('Set-up')).not.toContainText('for training');
  expect(await workbench.accessibilityFaults()).toEqual([]);
  for (let times = 0; times < 2; times++) {
    const tried = missing.getByRole('button', { name: 'Try again' });
    await tried.press('Enter');
    const making = missing.getByRole('button', { name: 'Making clips …' });
    await expect(making).toBeDisabled();
    await expect(making).toBeFocused();
    await expect(tried.or(workbench.region('At a glance'))).toBeVisible();
  }
  await expect(workbench.region('At a glance')).toContainText('Press Start to search');
  await expect(workbench.button('Start')).toBeFocused();
  await expect(missing).toHaveCount(0);
  await expect(workbench.region('Set-up')).toContainText('for training');
});

test('a recorded run stays in view under the reason why there are no examples, and when they are made', async ({ page }) => {
  const fails = `let hasFailed = false;
  addEventListener('message', ({ data: { path, argumentList } }) => {
    if (path?.[0] === 'useBuiltInData' && !hasFailed) [hasFailed, argumentList[0].value] = [true, 'no such task'];
  });`;
  await page.route('**/assets/search.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${fails}${await response.text()}` });
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  const missing = workbench.region('There are no pictures to learn from');
  const recorded = workbench.region('Recorded run');
  await expect(missing).toBeVisible();
  await expect(recorded).toBeVisible();
  const isOver = (upper: Locator, lower: Locator) =>
    Promise.all([upper.boundingBox(), lower.boundingBox()]).then(([a, b]) => a !== null && b !== null && a.y + a.height <= b.y);
  expect(await isOver(missing, recorded)).toBe(true);
  await expect(workbench.region('At a glance')).toContainText('Found a network that fits');
  await expect(workbench.button('Start')).toBeDisabled();
  await expect(recorded).toContainText('not one of yours. Your own can start once there are pictures to learn from.');
  await expect(workbench.status).toHaveText(/^A recorded run is shown, not one of yours. Your own can start once/);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await missing.getByRole('button', { name: 'Try again' }).click();
  await expect(missing).toHaveCount(0);
  await expect(recorded).toContainText('not one of yours. Press Start to run your own.');
  await expect(workbench.button('Start')).toBeFocused();
});
