import { expect, it } from 'vitest';
import { readWeightsFile, storedParameters, weightPieces } from './weightsFile';

it('lays parameters one after the other, little-endian, and says where each begins', () => {
  const weights = {
    'a/kernel': { shape: [2, 1], data: new Float32Array([1.5, -2]) },
    'a/bias': { shape: [1], data: [0.25] },
  };
  expect(storedParameters(weights)).toEqual([
    { name: 'a/kernel', shape: [2, 1], offset: 0 },
    { name: 'a/bias', shape: [1], offset: 8 },
  ]);
  const bytes = [...weightPieces(weights)].flatMap((piece) => [...piece]);
  const file = { file: 'run.weights', parameters: storedParameters(weights) };
  expect(readWeightsFile(Uint8Array.from(bytes), file)['a/bias']).toEqual({ shape: [1], data: new Float32Array([0.25]) });
  expect(() => readWeightsFile(Uint8Array.from(bytes.slice(1)), file)).toThrow(
    'run.weights has 11 bytes, and the values of "a/bias" end behind',
  );
  expect(bytes).toEqual([0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0x80, 0x3e]);
});
