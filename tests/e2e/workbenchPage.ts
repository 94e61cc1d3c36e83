/** The page as a person uses it: by the accessible names of controls and regions. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, type Download, type Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface TrainingSettings {
  readonly 'Warm-up epochs'?: number;
  readonly 'Search epochs'?: number;
  readonly 'Fine-tune epochs'?: number;
  readonly 'Examples per step'?: number;
  readonly 'Training pictures'?: number;
  readonly 'Test pictures'?: number;
  readonly 'Learning rate, weights'?: number;
  readonly 'Random seed'?: number;
}

export class WorkbenchPage {
  readonly #faults: string[] = [];

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.#faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#faults.push(message.text());
    });
  }

  async open(): Promise<void> {
    await this.page.goto('/');
    await expect(this.page.getByText(/^Runs on/)).toBeVisible();
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  slider(name: string) {
    return this.page.getByRole('slider', { name, exact: true });
  }

  region(name: string) {
    return this.page.getByRole('region', { name, exact: true });
  }

  get progress() {
    return this.page.getByRole('progressbar', { name: 'Progress' });
  }

  get status() {
    return this.page.getByRole('status');
  }

  async set(settings: TrainingSettings): Promise<void> {
    const group = this.page.locator('details', { hasText: 'Training settings' });
    if ((await group.getAttribute('open')) === null) await this.page.getByText('Training settings').click();
    for (const [label, value] of Object.entries(settings)) await this.page.getByLabel(label, { exact: true }).fill(String(value));
  }

  async chooseMethod(name: string): Promise<void> {
    await this.page.getByLabel('Method', { exact: true }).selectOption({ label: name });
  }

  async pickBackend(name: string): Promise<void> {
    await this.page.getByLabel('Backend').selectOption({ label: name });
    await expect(this.page.getByText(/^Runs on/)).toBeVisible();
  }

  /** Waits until at least one step is on the screen. */
  async firstStep(): Promise<void> {
    await expect(this.progress).toHaveAttribute('aria-valuetext', /step \d+ of \d+/);
  }

  /** The rows of a chart's table, newest first, as numbers. */
  async table(chart: string): Promise<number[][]> {
    await this.page.getByRole('button', { name: `Show table of ${chart}`, exact: true }).click();
    const rows = this.page.getByRole('group', { name: new RegExp(`^${chart}.*, table$`) }).locator('tbody tr');
    await rows.first().waitFor();
    const texts = await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    await this.page.getByRole('button', { name: `Show chart of ${chart}`, exact: true }).click();
    return texts.map((cells) => cells.map(Number));
  }

  async download(button: string): Promise<unknown> {
    const [file] = await Promise.all([this.page.waitForEvent('download'), this.button(button).click()]);
    return parse(file);
  }

  /** Rules of WCAG 2.2 AA that a program can check. @param rules those that are checked; all by default */
  async accessibilityFaults(...rules: string[]): Promise<string[]> {
    await this.page.evaluate(axe);
    return this.page.evaluate(async (runOnly) => {
      const { axe: checker } = window as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await checker.run(runOnly.length > 0 ? { runOnly } : {});
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html)
            .join(' ')
            .slice(0, 300)}`,
      );
    }, rules);
  }

  /** Fails when the page logged or threw an error. */
  expectNoFaults(): void {
    expect(this.#faults).toEqual([]);
  }
}

async function parse(file: Download): Promise<unknown> {
  return JSON.parse(await readFile(await file.path(), 'utf8'));
}
