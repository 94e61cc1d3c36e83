import { describe, expect, it } from 'vitest';
import { colours, expectAllDifferent, expectBalanced, expectRepeatable } from '../../../../tests/support/generatedSets';
import { linearAccuracy } from '../linearClassifier';
import { textureNames, texturesDataset } from './textures';

/** Sums of 4x4 pixels, for speed. */
function coarse(picture: Uint8Array | Float32Array): Float64Array {
  const sums = new Float64Array(8 * 8 * 3);
  picture.forEach((value: number, at: number) => {
    const [column, row] = [Math.floor(at / 12) % 8, Math.floor(at / 384)];
    const cell = (row * 8 + column) * 3 + (at % 3);
    sums[cell] = (sums[cell] as number) + value;
  });
  return sums;
}

describe('the built-in textured shapes', () => {
  it('are the same for the same seed, and a longer set starts with the shorter one', () => {
    expectRepeatable((train, test, seed) => texturesDataset(train, test, { seed }));
  });

  it('never repeat, and have as many examples of each class', () => {
    const dataset = texturesDataset(100, 60);
    expectAllDifferent(dataset);
    expectBalanced(dataset, dataset.train);
    expectBalanced(dataset, dataset.test);
    expect(dataset).toMatchObject({ synthetic: true, shape: [32, 32, 3] });
  });

  it('have up to 200 classes, and any side', () => {
    expect(new Set(textureNames).size).toBe(200);
    const { shape, classNames, train } = texturesDataset(200, 0, { side: 64, classes: 200 });
    expect(shape).toEqual([64, 64, 3]);
    expect(classNames).toEqual(textureNames);
    expect(train.values).toHaveLength(200 * 64 * 64 * 3);
    expect([...train.labels]).toEqual(textureNames.map((_, label) => label));
  });

  it('need shape, texture and colour already for twenty classes', () => {
    const parts = textureNames.slice(0, 20).map((name) => name.split(' '));
    const shapes = parts.map(([, , ...shape]) => shape.join(' '));
    expect(new Set(shapes).size).toBe(10);
    expect(new Set(parts.map(([colour]) => colour)).size).toBe(4);
    expect(new Set(parts.map(([, texture]) => texture)).size).toBe(5);
  });

  it('do not give the class away by colour and lightness alone', () => {
    expect(linearAccuracy(texturesDataset(600, 300), colours)).toBeLessThan(0.2);
  });

  it('are harder for a linear classifier if they are to be', () => {
    const [easy, hard] = [0, 1].map((difficulty) => linearAccuracy(texturesDataset(300, 160, { difficulty }), coarse)) as [number, number];
    expect(easy).toBeGreaterThan(0.5);
    expect(hard).toBeLessThan(easy - 0.2);
  });
});
