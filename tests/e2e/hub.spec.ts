/** Examples from the Hugging Face hub, whose answers the test gives: no request leaves this machine. */
import { expect, test, type BrowserContext, type Route } from '@playwright/test';
import sharp from 'sharp';
import { answersOf, DATA_SET, partOf } from '../support/hubServer';
import { parquetFile } from '../support/parquet';
import { WorkbenchPage } from './workbenchPage';

/** Pictures of noise, so that a file is larger than its end, which is read first. */
async function split(name: string, rows: number, first: number) {
  const side = 100;
  const pictures = [];
  for (let row = 0; row < rows; row++) {
    let state = first + row;
    const raw = Uint8Array.from({ length: side * side * 3 }, () => (state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0) >>> 24);
    pictures.push(
      await sharp(raw, { raw: { width: side, height: side, channels: 3 } })
        .png()
        .toBuffer(),
    );
  }
  return {
    split: name,
    rows,
    file: parquetFile(`${name}.parquet`, { pictures, labels: pictures.map((_, row) => row % 2), rowsPerGroup: 4 }),
  };
}

const features = { img: { _type: 'Image' }, label: { _type: 'ClassLabel', names: ['cat', 'dog'] } };

/** Answers in the hub's place. @param held is asked with each part of a file, and keeps back those for which it returns true */
async function answer(context: BrowserContext, held: (number: number) => boolean) {
  const contents = [await split('train', 40, 1), await split('test', 12, 1000)];
  const answers = await answersOf(contents, features, 'https://huggingface.co');
  const asked: string[] = [];
  let parts = 0;
  const open = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Content-Range, ETag' };
  const handle = async (route: Route) => {
    const request = route.request();
    const { hostname, pathname, searchParams } = new URL(request.url());
    if (hostname === 'localhost') return route.continue();
    asked.push(hostname);
    if (pathname === '/parquet' || pathname === '/info') {
      const known = searchParams.get('dataset') === DATA_SET;
      const json = known ? answers[pathname.slice(1) as 'parquet'] : { error: 'Not found.' };
      return route.fulfill({ status: known ? 200 : 404, headers: open, json });
    }
    const bytes = answers.files.get(pathname);
    if (!bytes) return route.fulfill({ status: 404, headers: open });
    if (held(++parts)) return undefined;
    const { part, contentRange } = partOf(bytes, request.headers().range ?? '');
    return route.fulfill({ status: 206, headers: { ...open, 'content-range': contentRange, etag: '"1"' }, body: Buffer.from(part) });
  };
  await context.route('**/*', handle);
  return asked;
}

test('a data set is listed, stopped, gone on with and used, and no other host hears anything', async ({ page, context }) => {
  let holding = true;
  // The ends of both files come first.
  const asked = await answer(context, (number) => number > 2 && holding);
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await workbench.button('From the Hugging Face hub …').click();
  const dialog = page.getByRole('dialog', { name: 'A data set of the Hugging Face hub' });
  await expect(dialog).toContainText('Nothing has been sent so far.');
  await expect(dialog).toContainText('huggingface.co, *.huggingface.co, *.hf.co. These hosts learn your internet address');
  await dialog.getByLabel('Name of the data set').fill(DATA_SET);
  expect(asked).toEqual([]);
  await dialog.getByRole('button', { name: 'List' }).click();
  await expect(dialog.getByLabel('Learn from')).toHaveValue('train');
  await expect(dialog).not.toContainText('Nothing has been sent so far.');
  await expect(dialog.getByLabel('Test on')).toHaveValue('test');
  await expect(dialog.getByLabel('Column of pictures')).toHaveValue('img');
  await expect(dialog.getByLabel('Column of classes')).toHaveValue('label');
  expect(asked).toEqual(['datasets-server.huggingface.co', 'datasets-server.huggingface.co']);
  expect(await workbench.accessibilityFaults()).toEqual([]);
  await dialog.getByRole('button', { name: 'Fetch' }).click();
  await expect(dialog.getByText(/^Fetched: 0[.\d]* MB of 1[.\d]* MB/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(dialog.getByRole('alert')).toContainText('the same choice goes on from there');
  holding = false;
  await dialog.getByLabel('At most, of each split').fill('');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(dialog).toBeHidden();
  await expect(workbench.region('Set-up')).toContainText(
    'someone/things of the Hugging Face hub, 2 classes: 40 of 40 for training, 12 of 12 for testing',
  );
  expect([...new Set(asked)].sort()).toEqual(['datasets-server.huggingface.co', 'huggingface.co']);
  await workbench.set({ 'Examples per step': 4 });
  await workbench.button('Step').click();
  await workbench.firstStep();
  workbench.expectNoFaults();
  await workbench.button('Reset').click();
  const fetched = asked.length;
  await workbench.button('Use someone/things (default, train, test)').click();
  await expect(workbench.status).toContainText('someone/things of the Hugging Face hub: 40 training and 12 test pictures');
  expect(asked).toHaveLength(fetched);
  // From here on there are errors, which the page logs.
  await workbench.button('From the Hugging Face hub …').click();
  await dialog.getByLabel('Name of the data set').fill('someone/nothing');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('The data set someone/nothing is not there. Check the spelling');
  const contact = () =>
    fetch('https://example.com/').then(
      () => 'answered',
      () => 'refused',
    );
  const [worker] = page.workers();
  expect(await Promise.all([page.evaluate(contact), worker?.evaluate(contact)])).toEqual(['refused', 'refused']);
  expect(asked).not.toContain('example.com');
});
