/** The page in Simplified Chinese, as a browser of that language opens it. */
import { expect, test, type Page } from '@playwright/test';
import { WorkbenchPage } from './workbenchPage';

test.use({ locale: 'zh-CN' });

/** Names, units and layers of networks, which stay as they are in every language. */
const NAMES =
  /\b(NAS Workbench|WebAssembly|WebGPU|WebGL|ResNet-8|PLiNIO|cost\/gap8_latency\.py|Hugging Face|SuperNet|TFLite|ONNX|model\.tflite|tflite|LiteRT|TensorFlow|Lite|Micro|Arduino|CMSIS|DIANA, digital|GAP9 with|MPIC|X-CUBE|HALE|Renesas|MLPerf|Tiny|ImageNet|JavaScript|Runtime|Cortex|Python|English|ReLU|Ctrl|Shift|nats|\w*stack\d\w*|stem(?:Conv)?|logits)/g;

/** What the page shows or tells with a word of the Latin alphabet that is no name. */
async function foreign(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      // A list that is closed shows one of its options, and all of them when a person opens it.
      const shown = (parentElement?.closest('select') ?? parentElement)?.checkVisibility({ visibilityProperty: true });
      if (shown && !parentElement?.closest('code, kbd, pre, [lang="en"]')) found.push(textContent ?? '');
    }
    for (const name of ['aria-label', 'aria-valuetext', 'placeholder', 'title'])
      for (const element of document.querySelectorAll(`[${name}]`))
        if (element.checkVisibility()) found.push(element.getAttribute(name) ?? '');
    return found;
  });
  return texts.filter((text) => /[A-Za-z]{4,}/.test(text.replace(NAMES, '')));
}

test('a Chinese browser gets the page in Chinese, and a switch to English and back', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await page.goto('/');
  await expect(page.getByText(/^使用 .+ 运行/)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');

  // The settings of the run are chosen in English, and stay when the language changes.
  await page.getByLabel('语言').selectOption({ label: 'English' });
  await workbench.pickBackend('WebAssembly');
  await workbench.set({
    'Warm-up epochs': 1,
    'Search epochs': 1,
    'Fine-tune epochs': 1,
    'Training pictures': 100,
    'Test pictures': 50,
  });
  await page.getByLabel('Language').selectOption({ label: '简体中文' });
  await workbench.button('开始').click();
  await expect(workbench.status.filter({ hasText: '搜索完成：准确率' })).toHaveCount(1);
  // What opens over the page.
  await workbench.button('导出到设备…').click();
  await expect(page.getByRole('button', { name: /TFLite/ })).toBeVisible();
  expect(await foreign(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await workbench.button('运行').click();
  const runs = page.getByRole('dialog', { name: '已保存的运行' });
  await runs.getByRole('button', { name: '图像分类，种子 1', exact: true }).click();
  await expect(runs.getByRole('region', { name: '结果' })).toBeVisible();
  expect(await foreign(page)).toEqual([]);
  await runs.getByRole('button', { name: '所有运行' }).click();
  await runs.getByRole('button', { name: /^批量搜索/ }).click();
  await expect(runs.getByLabel('随机种子')).toBeVisible();
  expect(await foreign(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await workbench.button('课程').click();
  await expect(page.getByRole('heading', { name: '课程', level: 2 })).toBeVisible();
  expect(await foreign(page)).toEqual([]);
  expect(await workbench.accessibilityFaults()).toEqual([]);

  // The numbers are those of the same run in either language, and the lessons stay open.
  const numbers = async (result: string) => (await workbench.region(result).innerText()).match(/\d[\d.,]*/g);
  const told = await numbers('结果');
  await page.getByLabel('语言').selectOption({ label: 'English' });
  await expect(page.getByRole('heading', { name: 'Lessons', level: 2 })).toBeVisible();
  expect(await numbers('Result')).toEqual(told);

  // A person's choice outlives a reload, against the browser's own language.
  await page.reload();
  await expect(page.getByText(/^Runs on/)).toBeVisible();
  await page.getByLabel('Language').focus();
  await page.getByLabel('Language').selectOption({ label: '简体中文' });
  // Whoever goes on by keyboard is still where the choice was.
  await expect(page.getByLabel('语言')).toBeFocused();
  await expect(page.getByText(/^使用 .+ 运行/)).toBeVisible();
  workbench.expectNoFaults();
});

test('a switch of language keeps what is in view, and says it anew', { tag: '@more' }, async ({ page }) => {
  const workbench = new WorkbenchPage(page);
  await page.goto('/');
  await page.getByLabel('语言').selectOption({ label: 'English' });
  await workbench.pickBackend('WebAssembly');
  await workbench.set({ 'Warm-up epochs': 1, 'Search epochs': 1, 'Fine-tune epochs': 1, 'Training pictures': 72, 'Test pictures': 16 });
  await workbench.button('Start').click();
  await expect(workbench.status.filter({ hasText: 'Search finished: accuracy' })).toHaveCount(1);
  // What only its view holds: a notice, what is typed and not yet used, an error of the form, a chart as numbers.
  await page.evaluate(() => (location.hash = '#settings=1.cut'));
  await expect(workbench.region('The link was not followed')).toContainText('damaged, perhaps cut off');
  await page.getByText('Your own device', { exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('My board');
  const files = page.locator('input[aria-describedby="own-device-files"]');
  await files.setInputFiles({ name: 'board.json', mimeType: 'application/json', buffer: Buffer.from('{') });
  await expect(page.getByRole('alert').filter({ hasText: 'board.json is not JSON' })).toBeVisible();
  await page.getByRole('button', { name: 'Show table of Loss', exact: true }).click();

  await page.getByLabel('Language').selectOption({ label: '简体中文' });
  await expect(workbench.region('未能采用链接')).toContainText('链接中的设置已损坏');
  await expect(page.getByRole('alert').filter({ hasText: 'board.json 不是 JSON' })).toBeVisible();
  await expect(page.getByLabel('名称', { exact: true })).toHaveValue('My board');
  await expect(page.getByRole('button', { name: '显示“损失”的图', exact: true })).toBeVisible();
  expect((await foreign(page)).filter((text) => !/board\.json|latencyMs/.test(text))).toEqual([]);
  await workbench.button('关闭提示').click();
  await expect(workbench.region('未能采用链接')).toHaveCount(0);
  workbench.expectNoFaults();
});
