import { expect, it } from 'vitest';
import { namedFile } from '../../tests/support/imports';
import { ImportMeter, type ImportProgress } from './importMeter';

it('counts bytes as files are read, items as they are told, and estimates the rest from what is passed', async () => {
  let now = 0;
  const told: ImportProgress[] = [];
  const meter = new ImportMeter(
    () => now,
    (progress) => told.push(progress),
  );
  const [first, second] = meter.counting([namedFile('a', new Uint8Array(300)), namedFile('b', new Uint8Array(100))]);
  await first?.bytes();
  expect(told.at(-1)).toEqual({ items: null, bytes: { done: 300, total: 400 }, leftMs: null });
  now = 3000;
  await second?.bytes();
  await second?.bytes();
  expect(told.at(-1)).toEqual({ items: null, bytes: { done: 400, total: 400 }, leftMs: 0 });
  meter.items(1, 4);
  expect(told.at(-1)).toMatchObject({ items: { done: 1, total: 4 }, leftMs: 9000 });
  meter.items(1, 1000);
  expect(told.at(-1)?.leftMs).toBeNull();
});
