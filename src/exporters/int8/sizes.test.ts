import { expect, it } from 'vitest';
import { said } from '../../core/language/told';
import { memoryLimit } from './limits';
import { brokenLimits } from './sizes';

const tflite = { fileBytes: 16_352, constantBytes: 9_588, activationBytes: 16_384 };
const target = (bytes: number) => ({ bytes, from: 'target' }) as const;

it('says which limits a file breaks, and which target leaves room for what the search does not count', () => {
  const limits = { flashBytes: target(12_000), ramBytes: target(16_000) };
  const broken = brokenLimits({ tflite, activationBytes: 16_000, limits }, { flashBytes: 8816, ramBytes: 16_000 });
  const [flash, ram, ...others] = broken.map(said);
  expect(flash).toContain('model.tflite takes 16,352 B, 4,352 B more than the target of 12,000 B for flash memory.');
  expect(flash).toContain('search again with a flash memory target of at most 4,464 B. Or take the C files: their constants fit.');
  expect(ram).toContain('take 16,384 B, 384 B more than the target of 16,000 B for RAM.');
  expect(ram).toContain('a peak RAM target of at most 15,616 B. Or take the ONNX or C files');
  expect(others).toEqual([]);
});

it('is silent within limits, and names no target that cannot be', () => {
  const limits = { flashBytes: target(16_352), ramBytes: { bytes: 16_384, from: 'device' } as const };
  expect(brokenLimits({ tflite, activationBytes: 16_000, limits }, { flashBytes: 8816, ramBytes: 16_000 })).toEqual([]);
  expect(
    brokenLimits({ tflite, activationBytes: 20_000, limits: { flashBytes: target(7000), ramBytes: null } }, { flashBytes: 7000 }).map(said),
  ).toEqual([
    'model.tflite takes 16,352 B, 9,352 B more than the target of 7,000 B for flash memory. The search counts weights and biases; the file also holds scales, names and shapes. Search for a device with more memory.',
  ]);
});

it('takes the target that the network was found for, else the memory of the device', () => {
  const config = { targets: { ramBytes: 5 }, device: 'stm32l4r5' } as never;
  const constraints = [{ metric: 'ramBytes', target: 7, value: 6, met: true }];
  expect(memoryLimit({ config, result: null }, 'ramBytes')).toEqual(target(5));
  expect(memoryLimit({ config, result: { constraints, objectives: [] } as never }, 'ramBytes')).toEqual(target(7));
  expect(memoryLimit({ config, result: { constraints, objectives: [] } as never }, 'flashBytes')).toEqual({
    bytes: 2 ** 21,
    from: 'device',
  });
});
