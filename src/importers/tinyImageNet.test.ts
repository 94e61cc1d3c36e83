import { describe, expect, it } from 'vitest';
import { grayFile, importOptions, textFile } from '../../tests/support/imports';
import { said } from '../core/language/told';
import { exampleImporters } from './index';
import { tinyImageNet } from './tinyImageNet';

const lists = [
  textFile('top/wnids.txt', 'n02\nn01\nn03\n'),
  textFile('top/words.txt', 'n01\tgoldfish, Carassius auratus\nn02\tcrane\nn03\tcrane, hoist\nn04\tother\n'),
];
const annotations = textFile(
  'top/val/val_annotations.txt',
  'val_0.JPEG\tn01\t0\t0\t9\t9\nval_1.JPEG\tn02\t0\t0\t9\t9\nval_2.JPEG\tn09\t0\t0\t9\t9\n',
);
const pictures = [
  grayFile('top/train/n01/images/n01_0.JPEG', 10),
  grayFile('top/train/n02/images/n02_0.JPEG', 20),
  grayFile('top/train/n03/images/n03_0.JPEG', 30),
  grayFile('top/train/n04/images/n04_0.JPEG', 40),
  textFile('top/train/n01/n01_boxes.txt', 'x'),
  grayFile('top/val/images/val_1.JPEG', 52),
  grayFile('top/val/images/val_0.JPEG', 51),
  grayFile('top/val/images/val_2.JPEG', 53),
  grayFile('top/test/images/test_0.JPEG', 60),
];
const read = (files: typeof pictures) => tinyImageNet.read(files, 'mine', importOptions);

describe('Tiny ImageNet', () => {
  it('is recognised before folders of pictures', () => {
    const names = [...lists, ...pictures].map(({ name }) => name);
    expect(exampleImporters.find((one) => one.recognises(names))?.id).toBe('tiny-imagenet');
  });

  it('has the classes of its list by their names, and tests on the validation pictures', async () => {
    const data = await read([...lists, annotations, ...pictures]);
    expect(data.classNames).toEqual(['crane (n02)', 'goldfish', 'crane (n03)']);
    expect([...data.train.values].filter((_, at) => at % 3 === 0)).toEqual([10, 20, 30]);
    expect([...data.train.labels]).toEqual([1, 0, 2]);
    expect([...data.test.values].filter((_, at) => at % 3 === 0)).toEqual([51, 52]);
    expect([...data.test.labels]).toEqual([1, 0]);
    expect(data.shape).toEqual([1, 1, 3]);
  });

  it('leaves out pictures that the list names and that are not there, and says so', async () => {
    const data = await read([...lists, annotations, ...pictures.filter(({ name }) => name !== 'top/val/images/val_1.JPEG')]);
    expect([...data.test.labels]).toEqual([1]);
    expect(data.warnings.map(said)).toEqual(['1 picture that top/val/val_annotations.txt names is not there, and left out: val_1.JPEG.']);
    expect((await read([...lists, annotations, ...pictures])).warnings).toEqual([]);
  });

  it('names what is missing', async () => {
    await expect(read([...lists, ...pictures])).rejects.toThrow(/^top\/val\/val_annotations\.txt is missing/);
    await expect(read([...lists, annotations, ...pictures.slice(1)])).rejects.toThrow(
      /^mine has no picture of class "goldfish" to learn from/,
    );
    await expect(read([...lists, textFile(annotations.name, 'x\ty\n'), ...pictures])).rejects.toThrow(/names no picture in val\/images/);
  });
});
