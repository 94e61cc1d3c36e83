import { describe, expect, it } from 'vitest';
import { zipOf } from '../../tests/support/archives';
import { npy, npyHeader } from '../../tests/support/arrays';
import { importOptions, namedFile } from '../../tests/support/imports';
import { said, type Told } from '../core/language/told';
import type { NamedFile } from './exampleImporter';
import { npz } from './npz';

type Arrays = Readonly<Record<string, Uint8Array>>;

const read = (...files: NamedFile[]) =>
  npz.read(files, 'mine', {
    ...importOptions,
    task: { ...importOptions.task, example: { ...importOptions.task.example, shape: [1, 2, 3] } },
  });
const archive = (arrays: Arrays, name = 'mine.npz') =>
  namedFile(name, zipOf(Object.entries(arrays).map(([key, bytes]) => ({ name: `${key}.npy`, bytes }))));
const files = (arrays: Arrays) => Object.entries(arrays).map(([key, bytes]) => namedFile(`folder/${key}.npy`, bytes));

/** Two gray pictures of 1x2 pixels, and two labels. */
const pictures = npy(npyHeader('|u1', [2, 1, 2]), [10, 20, 30, 40]);
const labels = npy(npyHeader('|u1', [2]), [0, 1]);
const grays = ({ values }: { values: ArrayLike<number> }) => Array.from(values).filter((_, at) => at % 3 === 0);
const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** What becomes of pictures in this form. */
async function grayOf(array: Uint8Array): Promise<number[]> {
  return grays((await read(archive({ x_train: array, y_train: labels, x_test: array, y_test: labels }))).train);
}

describe('NumPy’s arrays', () => {
  it.each([
    [['x_train', 'y_train', 'x_test', 'y_test']],
    [['train_images', 'train_labels', 'test_images', 'test_labels']],
    [['X_train', 'Y_train', 'X_valid', 'Y_valid']],
    [['trainImages', 'trainLabels', 'testImages', 'testLabels']],
    [['arr_0', 'arr_1', 'arr_2', 'arr_3']],
  ])('are known by their names: %s', async (names) => {
    const other = npy(npyHeader('|u1', [2, 1, 2]), [50, 60, 70, 80]);
    const arrays = Object.fromEntries(names.map((name, index) => [name, index % 2 ? labels : index < 2 ? pictures : other]));
    for (const data of [await read(archive(arrays)), await read(...files(arrays))]) {
      expect([grays(data.train), grays(data.test)]).toEqual([
        [10, 20, 30, 40],
        [50, 60, 70, 80],
      ]);
      expect([[...data.train.labels], [...data.test.labels]]).toEqual([
        [0, 1],
        [0, 1],
      ]);
      expect(data.classNames).toEqual(['class 0', 'class 1']);
    }
  });

  it('take their part from the archive’s name, or draw a share to test on', async () => {
    const [one, two] = [
      { x: pictures, y: labels },
      { images: pictures, labels },
    ];
    expect((await read(archive(one, 'train.npz'), archive(two, 'test.npz'))).test.count).toBe(2);
    const many = Array.from({ length: 20 }, (_, index) => index);
    const data = await read(
      archive({
        x: npy(
          npyHeader('|u1', [20, 1, 2]),
          many.flatMap((value) => [value, value]),
        ),
        y: npy(
          npyHeader('|u1', [20]),
          many.map((value) => value % 2),
        ),
      }),
    );
    expect([data.train.count, data.test.count]).toEqual([16, 4]);
    expect(said(data.warnings[0] as Told)).toMatch(/^The files have only one part, so a fifth/);
  });

  it('take their role from the archive’s name where it holds one array without a name', async () => {
    const data = await read(
      archive({ arr_0: pictures }, 'kmnist-train-imgs.npz'),
      archive({ arr_0: labels }, 'kmnist-train-labels.npz'),
      archive({ arr_0: pictures }, 'kmnist-test-imgs.npz'),
      archive({ arr_0: labels }, 'kmnist-test-labels.npz'),
    );
    expect([data.train.count, data.test.count, [...data.test.labels]]).toEqual([2, 2, [0, 1]]);
    const numbered = { arr_0: pictures, arr_1: labels, arr_2: pictures, arr_3: labels };
    expect((await read(archive(numbered, 'data.npz'))).test.count).toBe(2);
  });

  it('name a validation part beside a test part for validation', async () => {
    const data = await read(
      archive({ x_train: pictures, y_train: labels, x_val: pictures, y_val: labels, x_test: pictures, y_test: labels }),
    );
    expect([data.train.count, data.test.count]).toEqual([4, 2]);
    expect(data.train.validates).toEqual(Uint8Array.of(0, 0, 1, 1));
    expect(data.warnings).toEqual([]);
  });

  it.each([
    ['bytes', '|u1', Uint8Array.of(10, 20, 30, 40), [10, 20, 30, 40]],
    ['whole numbers of 64 bits', '<i8', BigInt64Array.of(10n, 20n, 30n, 40n), [10, 20, 30, 40]],
    ['whole numbers of 16 bits, greatest byte first', '>i2', Uint8Array.of(0, 10, 0, 20, 0, 30, 0, 40), [10, 20, 30, 40]],
    ['floats from 0 to 1', '<f4', Float32Array.of(0, 1, 0.5, 0.25), [0, 255, 128, 64]],
    ['doubles from -1 to 1', '<f8', Float64Array.of(-1, 1, 0, 0.5), [0, 255, 128, 191]],
  ])('are read as %s', async (_, type, values, wanted) => {
    for (const version of [1, 2, 3]) expect(await grayOf(npy(npyHeader(type, [2, 1, 2]), bytesOf(values), version))).toEqual(wanted);
  });

  it('have their dimensions in any order', async () => {
    // The first picture's pixels, then the second's: in Fortran's order the pictures are next to each other.
    expect(await grayOf(npy(npyHeader('|u1', [2, 1, 2], true), [10, 30, 20, 40]))).toEqual([10, 20, 30, 40]);
    expect(await grayOf(npy(npyHeader('|u1', [2, 1, 2, 1]), [10, 20, 30, 40]))).toEqual([10, 20, 30, 40]);
    expect(await grayOf(npy(npyHeader('|u1', [2, 1, 1, 2]), [10, 20, 30, 40]))).toEqual([10, 20, 30, 40]);
    const colours = npy(npyHeader('|u1', [1, 3, 1, 2]), [1, 2, 3, 4, 5, 6]);
    const last = npy(npyHeader('|u1', [1, 1, 2, 3]), [1, 3, 5, 2, 4, 6]);
    const one = { y_train: npy(npyHeader('|u1', [1]), [0]), x_test: pictures, y_test: labels };
    for (const x_train of [colours, last])
      await expect(read(archive({ x_train, ...one }))).rejects.toThrow(/^mine has no picture of class "class 1" to learn from/);
    const both = await read(
      archive({
        x_train: npy(npyHeader('|u1', [2, 3, 1, 2]), [1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0]),
        y_train: labels,
        x_test: pictures,
        y_test: labels,
      }),
    );
    expect([...both.train.values.subarray(0, 6)]).toEqual([1, 3, 5, 2, 4, 6]);
  });

  it('have labels in a column, as single ones, and of any whole numbers', async () => {
    const of = async (header: string, values: readonly number[]) =>
      read(archive({ x_train: pictures, y_train: npy(header, values), x_test: pictures, y_test: npy(header, values) }));
    expect([...(await of(npyHeader('|u1', [2, 1]), [1, 0])).train.labels]).toEqual([1, 0]);
    expect([...(await of(npyHeader('|u1', [2, 3]), [0, 0, 1, 1, 0, 0])).train.labels]).toEqual([1, 0]);
    const signed = await of(npyHeader('|i1', [2]), [255, 1]);
    expect([signed.classNames, [...signed.train.labels]]).toEqual([
      ['class -1', 'class 1'],
      [0, 1],
    ]);
    await expect(of(npyHeader('|u1', [2, 2]), [1, 1, 0, 1])).rejects.toThrow(/gives picture 1 not exactly one of 2 classes/);
    await expect(of(npyHeader('|u1', [2]), [1, 1])).rejects.toThrow(
      /^The labels in mine\.npz: y_train\.npy and .*y_test\.npy have only one class, "class 1"/,
    );
    await expect(of(npyHeader('|u1', [3]), [0, 1, 0])).rejects.toThrow(
      /y_train\.npy has the shape \(3\), but .*x_train\.npy has \(2, 1, 2\)/,
    );
  });

  it('name what cannot be read', async () => {
    await expect(grayOf(npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", [0x80]))).rejects.toThrow(
      /x_train\.npy holds Python objects/,
    );
    await expect(grayOf(npy(npyHeader('<U5', [2]), []))).rejects.toThrow(/holds values of the type "U5"/);
    await expect(grayOf(npy(npyHeader('|u1', [2, 1, 3]), [1, 2, 3, 4]))).rejects.toThrow(/claims 6 values, but ends before/);
    await expect(grayOf(npy(npyHeader('|u1', [2, 2]), [1, 2, 3, 4]))).rejects.toThrow(/has the shape \(2, 2\); pictures have/);
    await expect(grayOf(npy(npyHeader('<f4', [2, 1, 2]), bytesOf(Float32Array.of(1, 2, NaN, 3))))).rejects.toThrow(
      /no number, at position 2/,
    );
    await expect(grayOf(npy(npyHeader('<f4', [2, 1, 2]), bytesOf(Float32Array.of(-2, 2, 0, 3))))).rejects.toThrow(
      /has values from -2 to 3; pictures have 0 to 255/,
    );
    const nothing = { x_train: npy(npyHeader('|u1', [0, 1, 2]), []), y_train: npy(npyHeader('|u1', [0]), []) };
    await expect(read(archive(nothing))).rejects.toThrow(/^mine\.npz: x_train\.npy holds no pictures/);
    await expect(grayOf(Uint8Array.from({ length: 99 }))).rejects.toThrow(/is no \.npy file/);
    await expect(read(archive({ x_train: pictures }))).rejects.toThrow(/x_train\.npy has no array of labels beside it/);
    await expect(read(archive({ weights: pictures }))).rejects.toThrow(/^mine\.npz has no arrays whose names say.*Given: weights\.npy\./);
    await expect(read(archive({ x_train: pictures, train_images: pictures, y_train: labels }))).rejects.toThrow(
      /could be the pictures to learn from as well as/,
    );
  });
});
