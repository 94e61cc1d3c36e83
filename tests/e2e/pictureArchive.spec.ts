/** Picture files in an archive, which the browser decodes. */
import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { zipOf } from '../support/archives';
import { WorkbenchPage } from './workbenchPage';

/** A picture of one colour, larger than the task's and not square. */
const picture = (value: number, format: 'png' | 'jpeg' | 'webp') =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: { r: value, g: 255 - value, b: (7 * value) % 256 } } })
    .toFormat(format)
    .toBuffer();

test('an archive of pictures in folders is taken, and what does not decode is told', async ({ page }) => {
  const contents = [];
  for (let index = 0; index < 36; index++) {
    const format = (['png', 'jpeg', 'webp'] as const)[index % 3] as 'png';
    const folder = `top/${index < 24 ? 'train' : 'test'}/${index % 2 ? 'cat' : 'dog'}`;
    contents.push({ name: `${folder}/${index}.${format}`, bytes: await picture(index * 7, format) });
  }
  contents.push({ name: 'top/train/cat/broken.jpg', bytes: Buffer.from('no picture') });
  const workbench = new WorkbenchPage(page);
  await workbench.open();
  await page
    .getByLabel('Own pictures')
    .setInputFiles({ name: 'mine.zip', mimeType: 'application/zip', buffer: Buffer.from(zipOf(contents)) });
  await expect(workbench.region('Set-up')).toContainText('Own pictures, 2 classes: 24 of 24 for training, 12 of 12 for testing');
  await workbench.set({ 'Examples per step': 4 });
  await expect(workbench.region('Set-up')).toContainText('1 file does not decode as a picture and is left out: top/train/cat/broken.jpg.');
  await workbench.button('Step').click();
  await workbench.firstStep();
  workbench.expectNoFaults();
});
