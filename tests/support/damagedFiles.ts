/** Small files of every format, and what must come of damaged ones: a data set or an error that is meant for people. */
import { gzipSync } from 'fflate';
import { expect } from 'vitest';
import { openFiles } from '../../src/importers/openFiles';
import { readExamples } from '../../src/importers/index';
import { WorkbenchError } from '../../src/core/errors';
import { ascii, concat, picked, tarOf, zipOf } from './archives';
import { idxOf, npy, npyHeader } from './arrays';
import { importOptions } from './imports';
import { mutated } from './mutations';
import { parquetFile } from './parquet';

type Files = Readonly<Record<string, Uint8Array>>;

const gray = Array.from({ length: 12 }, (_, value) => ({
  name: `top/${value % 2 ? 'cat' : 'dog'}/${value}.jpg`,
  bytes: Uint8Array.of(value),
}));

const rising = (length: number, of = 256) => Array.from({ length }, (_, index) => (index * 7) % of);
const arrays = {
  'x_train.npy': npy(npyHeader('|u1', [6, 2, 2]), rising(24)),
  'y_train.npy': npy(npyHeader('|i1', [6]), rising(6, 2)),
};
const digits = {
  'train-images-idx3-ubyte': idxOf(8, [6, 2, 2], rising(24)),
  'train-labels-idx1-ubyte': idxOf(8, [6], rising(6, 2)),
};
const cifar = (...labels: readonly number[]) => concat(...labels.map((label) => Uint8Array.of(label, ...rising(3072, 20 * (label + 2)))));

/** Seeds by format. The first file is the one that is damaged. */
export const seeds: Readonly<Record<string, () => Promise<Files>>> = {
  zip: async () => ({ 'mine.zip': zipOf(gray) }),
  zip64: async () => ({ 'mine.zip': zipOf(gray, { zip64: true }) }),
  tar: async () => ({ 'mine.tar': tarOf([{ name: 'x', type: 'L', bytes: ascii('top/dog/long.jpg\0') }, ...gray]) }),
  'tar.gz': async () => ({ 'mine.tar.gz': gzipSync(tarOf(gray)) }),
  npy: async () => arrays,
  npz: async () => ({ 'mine.npz': zipOf(Object.entries(arrays).map(([name, bytes]) => ({ name, bytes, stored: true }))) }),
  idx: async () => digits,
  'idx.gz': async () => Object.fromEntries(Object.entries(digits).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)])),
  cifar: async () => ({ 'data_batch_1.bin': cifar(0, 1, 2), 'test_batch.bin': cifar(3, 4) }),
  parquet: async () => {
    const pictures = gray.map(({ bytes }) => bytes);
    const file = parquetFile('mine.parquet', {
      pictures,
      labels: gray.map((_, index) => index % 2),
      classNames: ['dog', 'cat'],
      rowsPerGroup: 5,
    });
    return { [file.name]: await file.bytes() };
  },
};

interface Outcomes {
  readonly read: number;
  readonly refused: number;
  /** Messages of errors that are not meant for people. */
  readonly failures: readonly string[];
  /** Milliseconds of the slowest. */
  readonly slowest: number;
}

async function importDamaged(seed: Files, count: number): Promise<Outcomes> {
  const [[name, bytes], ...others] = Object.entries(seed) as [[string, Uint8Array], ...[string, Uint8Array][]];
  let [read, refused, slowest] = [0, 0, 0];
  const failures: string[] = [];
  for (let number = 0; number < count; number++) {
    const start = performance.now();
    try {
      const files = [picked(name, mutated(bytes, number)), ...others.map(([other, whole]) => picked(other, whole))];
      await readExamples(await openFiles(files), 'mine', importOptions);
      read += 1;
    } catch (error) {
      if (error instanceof WorkbenchError && error.code === 'invalid-data') refused += 1;
      else failures.push(`${number}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    slowest = Math.max(slowest, performance.now() - start);
  }
  return { read, refused, failures, slowest };
}

/** Imports so many damaged files of a kind. */
export async function assertHarmless(kind: string, files: number): Promise<void> {
  const seed = await (seeds[kind] as (typeof seeds)[string])();
  // What is loaded at first use is no memory that a file takes.
  await importDamaged(seed, 10);
  const before = process.memoryUsage().rss;
  const { read, refused, failures, slowest } = await importDamaged(seed, files);
  expect(failures.slice(0, 3)).toEqual([]);
  expect(read + refused).toBe(files);
  // Otherwise the damage would be too small or too great to test anything.
  expect(Math.min(read, refused)).toBeGreaterThan(files / 200);
  // Generous, since other programs may keep the machine busy; a reader that hangs takes longer.
  expect(slowest).toBeLessThan(10_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 29);
}
