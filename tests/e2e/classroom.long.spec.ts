/** A class of two browsers and a teacher, over plain http as in a school and over https, each operated like a person would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { readFile } from 'node:fs/promises';
import { expect, test, type Browser, type Page } from '@playwright/test';
import type { Environment, RunFile } from '../../src/core/runs/runFile';
import { WorkbenchPage } from './workbenchPage';

const PORT = Number(process.env.TEST_PORT ?? 4319) + 100;
const short = {
  'Examples per step': 8,
  'Training pictures': 32,
  'Test pictures': 16,
  'Warm-up epochs': 1,
  'Search epochs': 1,
  'Fine-tune epochs': 1,
};

let server: ChildProcess;
/** What the server has printed. */
let printed: Map<string, string>;

async function start(...options: string[]): Promise<void> {
  printed = new Map();
  // Another one for each test that runs at the same time.
  const port = String(PORT + test.info().parallelIndex);
  server = spawn(process.execPath, ['scripts/classroom.cjs', '--port', port, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
    const [, name, value] = /^(.*?): +(\S+)/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) printed.set(name, value);
    if (line.startsWith('Ctrl+C')) break;
  }
}
test.afterEach(async ({ browser }) => {
  server.kill();
  for (const context of browser.contexts()) await context.close();
});

/** A browser of its own, on the address that members are told. */
async function opened(browser: Browser): Promise<WorkbenchPage> {
  const baseURL = printed.get('Members') as string;
  const context = await browser.newContext({ baseURL, ignoreHTTPSErrors: true, serviceWorkers: 'allow' });
  const workbench = new WorkbenchPage(await context.newPage());
  await workbench.open();
  return workbench;
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Classroom', exact: true });

async function joined(browser: Browser, member: number): Promise<WorkbenchPage> {
  const workbench = await opened(browser);
  await dialog(workbench.page).getByLabel('Code on the teacher’s screen').fill('ABCD-EFGH');
  await dialog(workbench.page).getByRole('button', { name: 'Join' }).click();
  await expect(dialog(workbench.page).getByRole('alert')).toHaveText(/^The code is wrong/);
  await dialog(workbench.page)
    .getByLabel('Code on the teacher’s screen')
    .fill(printed.get('Code') as string);
  await dialog(workbench.page).getByRole('button', { name: 'Join' }).click();
  await expect(dialog(workbench.page)).toContainText(`You are number ${member}.`);
  await dialog(workbench.page).getByRole('button', { name: 'Close' }).click();
  await workbench.pickBackend('WebAssembly');
  return workbench;
}

async function led(browser: Browser): Promise<WorkbenchPage> {
  const teacher = await opened(browser);
  const board = dialog(teacher.page);
  await board.getByText('I lead the class').click();
  await board.getByLabel('Teacher’s key, from the terminal').fill(printed.get("Teacher's key") as string);
  await board.getByRole('button', { name: 'Lead' }).click();
  await expect(board.getByText(printed.get('Code') as string, { exact: false })).toBeVisible();
  return teacher;
}

/** @returns what the run file says of the browser */
async function search(member: WorkbenchPage, seed: number): Promise<Environment> {
  await member.set({ ...short, 'Random seed': seed });
  await member.button('Start').click();
  await expect(member.status.filter({ hasText: /Search finished: accuracy/ })).toHaveCount(1, { timeout: 120_000 });
  return ((await member.download('Download run')) as RunFile).environment;
}

test('two members search, all see both runs, and the teacher closes the class', async ({ browser }) => {
  // Not 127.0.0.1, which browsers take for secure over http too.
  await start('--name', 'class.test');
  const teacher = await led(browser);
  const board = dialog(teacher.page);
  const members = [await joined(browser, 1), await joined(browser, 2)];
  await expect(board.getByRole('button', { name: 'Member 2, 0 runs' })).toBeVisible();
  expect(await teacher.accessibilityFaults()).toEqual([]);
  for (const [index, member] of members.entries()) {
    expect(await member.page.evaluate(() => isSecureContext)).toBe(false);
    expect(await search(member, 5 + index)).toMatchObject({ threads: 1 });
    // 5 s, and some for a busy machine.
    await expect(board).toContainText(index === 0 ? 'The class has 1 run.' : 'The class has 2 runs.', { timeout: 10_000 });
  }
  for (const { page } of members) {
    await page.getByRole('button', { name: 'Classroom', exact: true }).click();
    await expect(dialog(page)).toContainText('The class has 2 runs.', { timeout: 10_000 });
    await expect(dialog(page).locator('.pareto-point')).toHaveCount(2);
  }
  // Somebody else's run has no button to remove it.
  const [first] = members as [WorkbenchPage, WorkbenchPage];
  for (const [run, own] of [
    [0, true],
    [1, false],
  ] as const) {
    const title = `Run ${run + 1} of member ${run + 1}`;
    await dialog(first.page).getByLabel('Look at').selectOption(title);
    await expect(dialog(first.page).getByRole('region', { name: title })).toContainText(`random seed ${5 + run}`);
    await expect(dialog(first.page).getByRole('button', { name: 'Remove this run from the class' })).toHaveCount(own ? 1 : 0);
  }
  expect(await first.accessibilityFaults()).toEqual([]);

  const saving = teacher.page.waitForEvent('download');
  await board.getByRole('button', { name: 'Save all runs' }).click();
  const csv = await readFile(await (await saving).path(), 'utf8');
  expect(csv.split('\r\n').map((line) => line.split(',').slice(0, 2).join())).toEqual(['run,member', '1,1', '2,2', '']);

  await board.getByRole('button', { name: 'Close the class' }).click();
  for (const { page } of members) await expect(dialog(page)).toContainText('The teacher has closed the class.', { timeout: 10_000 });
  await dialog(first.page).getByRole('button', { name: 'Leave, and take my runs back' }).click();
  await expect(dialog(first.page)).toContainText('nobody can join now');
  await expect(board).toContainText('The class has 1 run.', { timeout: 10_000 });
  server.kill();
  await expect(board.getByRole('alert')).toContainText('The class does not answer.', { timeout: 15_000 });
});

test('over https, a member searches on several threads, and the teacher sees the run', async ({ browser }) => {
  await start('--https', '--name', 'class.test');
  const teacher = await led(browser);
  const member = await joined(browser, 1);
  expect(await member.page.evaluate(() => [crossOriginIsolated, 'gpu' in navigator])).toEqual([true, true]);
  const cores = await member.page.evaluate(() => navigator.hardwareConcurrency);
  const told = expect(member.page.getByText(cores > 1 ? /fused on \d+ threads/ : /fused on 1 thread\b/)).toBeVisible();
  await Promise.all([told, search(member, 5)]);
  await member.page.getByRole('button', { name: 'Classroom', exact: true }).click();
  for (const { page } of [teacher, member]) await expect(dialog(page)).toContainText('The class has 1 run.', { timeout: 10_000 });
});
