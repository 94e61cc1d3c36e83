/** High contrast: forced colours remove backgrounds, so anything that a background showed needs a border or a system colour. */
import { expect, test, type Locator } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.use({ contextOptions: { forcedColors: 'active' } });

/** How each element is drawn: its border and fill, or its stroke, with system colours by name. */
const look = (elements: Locator) =>
  elements.evaluateAll((all) => {
    const names = new Map(
      ['Canvas', 'CanvasText', 'LinkText', 'GrayText', 'Highlight'].map((name) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
        const { color } = getComputedStyle(probe);
        probe.remove();
        return [color, name];
      }),
    );
    const nameOf = (colour: string) => names.get(colour) ?? colour;
    return all.map((element) => {
      const style = getComputedStyle(element);
      return {
        border: style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) === 0 ? 'none' : nameOf(style.borderTopColor),
        fill: nameOf(style.backgroundColor),
        opacity: style.opacity,
        stroke: nameOf(style.stroke),
        dashes: style.strokeDasharray,
      };
    });
  });

const SYSTEM = /^(CanvasText|LinkText|GrayText)$/;

test('bars, lines and marks are seen in forced colours, and lines of one chart differ', async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.chooseMethod('Candidate operations (SuperNet)');
  await workbench.set({
    'Examples per step': 8,
    'Training pictures': 72,
    'Test pictures': 16,
    'Warm-up epochs': 1,
    'Search epochs': 2,
    'Fine-tune epochs': 0,
  });
  await workbench.button('Start').click();
  await workbench.firstStep();
  await workbench.slider('Flash memory').press('ArrowLeft');
  await expect(workbench.status).toHaveText(/Search finished: accuracy/, { timeout: 120_000 });

  expect(await look(workbench.progress)).toMatchObject([{ border: 'CanvasText' }]);
  expect(await look(workbench.progress.locator('div'))).toMatchObject([{ fill: 'Highlight' }]);
  const network = workbench.region('Network');
  const weights = await look(network.locator('.weight'));
  expect(weights.length).toBeGreaterThan(20);
  for (const weight of weights) expect(weight).toMatchObject({ border: 'CanvasText', opacity: '1' });
  // The ground that the browser else gives to text would hide the bars.
  for (const text of ['.candidate', '.percent']) await expect(network.locator(text).first()).toHaveCSS('forced-color-adjust', 'none');
  for (const box of await look(network.locator('ol > li'))) expect(box.border).toBe('CanvasText');
  const edges = await look(network.locator('polyline'));
  expect(edges.length).toBeGreaterThan(5);
  for (const { stroke } of edges) expect(stroke).toMatch(SYSTEM);

  const charts = page.locator('figure.chart:has(.legend line)');
  await expect.poll(() => charts.locator('path[stroke^="var(--"][d^="M"]').count()).toBeGreaterThan(8);
  for (const chart of await charts.all()) {
    for (const lines of ['.plot path[stroke^="var(--"][stroke-width="2"]', '.legend line']) {
      const drawn = await look(chart.locator(lines));
      expect(drawn.length).toBeGreaterThan(0);
      for (const { stroke } of drawn) expect(stroke).toMatch(SYSTEM);
      expect(new Set(drawn.map(({ stroke, dashes }) => `${stroke} ${dashes}`)).size).toBe(drawn.length);
    }
  }
  // Lines where a target moved or a phase began, and the axes with their grid.
  const marks = await look(
    page.locator('.plot line[stroke="var(--mark)"], .plot .recharts-cartesian-grid line, .plot .recharts-cartesian-axis-line'),
  );
  expect(marks.length).toBeGreaterThan(20);
  for (const { stroke } of marks) expect(stroke).toMatch(SYSTEM);
});
