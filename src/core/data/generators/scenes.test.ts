import { describe, expect, it } from 'vitest';
import { colours, expectAllDifferent, expectBalanced, expectRepeatable } from '../../../../tests/support/generatedSets';
import { linearAccuracy } from '../linearClassifier';
import { sceneNames, scenesDataset } from './scenes';

const SIDE = 96;

/** Strength of the edges of eight directions, in each of 6x6 cells. */
function edges(picture: Uint8Array | Float32Array): Float64Array {
  const cells = new Float64Array(6 * 6 * 8);
  const grey = (x: number, y: number) => {
    const at = 3 * (y * SIDE + x);
    return (picture[at] as number) + (picture[at + 1] as number) + (picture[at + 2] as number);
  };
  for (let y = 2; y < SIDE - 2; y += 2)
    for (let x = 2; x < SIDE - 2; x += 2) {
      const [dx, dy] = [grey(x + 2, y) - grey(x - 2, y), grey(x, y + 2) - grey(x, y - 2)];
      const direction = Math.floor((8 * (Math.atan2(dy, dx) + Math.PI)) / (2 * Math.PI)) % 8;
      const cell = (Math.floor(y / 16) * 6 + Math.floor(x / 16)) * 8 + direction;
      cells[cell] = (cells[cell] as number) + Math.sqrt(dx * dx + dy * dy);
    }
  return cells.map(Math.sqrt);
}

describe('the built-in scenes', () => {
  it('are the same for the same seed, and a longer set starts with the shorter one', () => {
    expectRepeatable((train, test, seed) => scenesDataset(train, test, { seed }));
  });

  it('never repeat, and show a person in every second picture', () => {
    const dataset = scenesDataset(60, 30);
    expectAllDifferent(dataset);
    expectBalanced(dataset, dataset.train);
    expectBalanced(dataset, dataset.test);
    expect(dataset).toMatchObject({ synthetic: true, shape: [96, 96, 3], classNames: sceneNames });
  });

  it('do not give people away by colour and lightness, nor by single pixels', () => {
    const dataset = scenesDataset(300, 150);
    expect(linearAccuracy(dataset, colours)).toBeLessThan(0.6);
    const coarse = (picture: Uint8Array | Float32Array) => picture.filter((_, at) => at % 24 < 3 && Math.floor(at / 288) % 8 === 0);
    expect(linearAccuracy(dataset, coarse)).toBeLessThan(0.65);
  });

  it('hide people better if they are to be hard', () => {
    const [easy, hard] = [0, 1].map((difficulty) => linearAccuracy(scenesDataset(300, 150, { difficulty }), edges)) as [number, number];
    expect(easy).toBeGreaterThan(0.7);
    expect(hard).toBeLessThan(easy - 0.1);
  });
});
