/** What matters during a run is seen at once on a laptop, without scrolling. */
import { expect, test } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

for (const [width, height] of [
  [1280, 720],
  [1440, 900],
] as const) {
  test.describe(() => {
    test.use({ viewport: { width, height } });

    /** How far each part that matters reaches below the first screen, by its name; empty where all of it is seen. */
    async function hidden(workbench: WorkbenchPage): Promise<string[]> {
      const parts = {
        'a target': workbench.region('Targets').getByRole('slider'),
        'a button': workbench.region('Search').getByRole('button'),
        'the progress': workbench.progress,
        'a gauge': workbench.region('At a glance').locator('.track'),
        'the network': workbench.region('Network').locator('.drawing-room'),
        'a chart': workbench.page.locator('.live .plot'),
      };
      const found: string[] = [];
      for (const [name, part] of Object.entries(parts)) {
        const boxes = await part.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom));
        expect(boxes.length, name).toBeGreaterThan(0);
        for (const bottom of boxes) if (bottom > height) found.push(`${name} ends at ${Math.round(bottom)}`);
      }
      return found;
    }

    test(`a run on ${width}×${height}`, { tag: '@more' }, async ({ page }) => {
      const workbench = new WorkbenchPage(page);
      await workbench.open();
      await expect(workbench.region('Recorded run')).toBeVisible();
      await expect(page.locator('.live .recharts-surface')).toHaveCount(3);
      expect(await hidden(workbench)).toEqual([]);
      await workbench.set({ 'Examples per step': 8, 'Training pictures': 72, 'Test pictures': 16, 'Search epochs': 2 });
      await page.getByText('Training settings').click();
      await page.evaluate(() => scrollTo(0, 0));
      await workbench.button('Start').click();
      // The charts have their longest legends once networks are on trial.
      await expect(workbench.region('The way into the corner')).toContainText('on trial');
      expect(await hidden(workbench)).toEqual([]);
      await workbench.button('Stop').click();
      workbench.expectNoFaults();
    });

    test(`every task on ${width}×${height}`, { tag: '@more' }, async ({ page }) => {
      const workbench = new WorkbenchPage(page);
      await workbench.open();
      const optionsOf = (label: string) => page.getByLabel(label, { exact: true }).locator('option').allTextContents();
      const cut: string[] = [];
      for (const task of await optionsOf('Task')) {
        await page.getByLabel('Task', { exact: true }).selectOption({ label: task });
        await expect(workbench.button('Start')).toBeEnabled();
        // Each space that is searched is drawn otherwise.
        for (const method of (await optionsOf('Method')).slice(0, 3)) {
          await workbench.chooseMethod(method);
          await expect(workbench.button('Start')).toBeEnabled();
          await expect(workbench.region('Network').locator('.drawing-room')).toBeVisible();
          for (const part of await hidden(workbench)) cut.push(`${task}, ${method}: ${part}`);
        }
      }
      expect(cut).toEqual([]);
    });
  });
}
