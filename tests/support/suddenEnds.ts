/** Ends of a page that it is not told of: its threads are killed, or its whole browser. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';

/** Makes every later page of this one able to kill its threads. */
export async function holdThreads(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const threads: Worker[] = [];
    const page = window as unknown as { Worker: typeof Worker; killThreads: () => void };
    page.Worker = class extends Worker {
      constructor(...made: ConstructorParameters<typeof Worker>) {
        super(...made);
        threads.push(this);
      }
    };
    page.killThreads = () => threads.forEach((thread) => thread.terminate());
  });
}

/** The phases of a run in order, with their steps. */
export type Plan = readonly (readonly [phase: string, steps: number])[];

/** Kills all threads of the page within a frame after its progress shows this step, counted over the whole run, or a later one. */
export async function killThreadsAt(page: Page, plan: Plan, step: number): Promise<void> {
  await page.waitForFunction(
    ([phases, at]) => {
      const text = document.querySelector('[role=progressbar][aria-label=Progress]')?.getAttribute('aria-valuetext') ?? '';
      const [, phase, epoch, inEpoch, ofEpoch] = /^(.+), epoch (\d+) of \d+, step (\d+) of (\d+)$/.exec(text) ?? [];
      const place = phases.findIndex(([name]) => name === phase);
      if (place < 0) return false;
      const before = phases.slice(0, place).reduce((sum, [, steps]) => sum + steps, 0);
      if (before + (Number(epoch) - 1) * Number(ofEpoch) + Number(inEpoch) < at) return false;
      (window as unknown as { killThreads: () => void }).killThreads();
      return true;
    },
    [plan, step] as const,
    { polling: 'raf' },
  );
}

/** A browser with a profile of its own, which can be killed and opened again. */
export class KillableBrowser {
  readonly #profile = mkdtempSync(join(tmpdir(), 'profile '));
  #process: ChildProcess | null = null;
  #browser: Browser | null = null;

  /** Opens it, and in it a page. */
  async open(): Promise<Page> {
    const args = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.#profile}`, '--no-first-run', '--disable-sync'];
    if (process.getuid?.() === 0) args.push('--no-sandbox');
    // A group of its own, so that all processes of the browser can be killed at once.
    const browser = spawn(process.env.CHROMIUM ?? chromium.executablePath(), [...args, 'about:blank'], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = browser;
    const address = await new Promise<string>((resolve, reject) => {
      let printed = '';
      browser.stderr.on('data', (text) => {
        printed += String(text);
        const found = /DevTools listening on (ws:\S+)/.exec(printed);
        if (found) resolve(found[1] as string);
      });
      browser.once('exit', () => reject(new Error(`The browser did not open: ${printed}`)));
    });
    this.#browser = await chromium.connectOverCDP(address);
    const context = this.#browser.contexts()[0];
    if (!context) throw new Error('The browser has no window.');
    return context.newPage();
  }

  /** Kills all of its processes at once, as a power cut or the system does when memory runs out. */
  async kill(): Promise<void> {
    const browser = this.#process;
    if (!browser?.pid) return;
    const ended = new Promise((resolve) => browser.once('exit', resolve));
    process.kill(-browser.pid, 'SIGKILL');
    await ended;
    await this.#browser?.close();
    this.#process = null;
  }

  /** Kills it, and deletes its profile. */
  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#profile, { recursive: true, maxRetries: 10 });
  }
}
