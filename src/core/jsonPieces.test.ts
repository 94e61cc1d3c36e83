import { describe, expect, it } from 'vitest';
import { jsonPieces } from './jsonPieces';

const joined = (value: unknown) => [...jsonPieces(value)].join('');

describe('JSON in pieces', () => {
  it.each([
    [null],
    [5],
    [NaN],
    ['a "quoted"\nline, ü'],
    [[]],
    [{}],
    [[1, null, undefined, [2, [], {}], { a: [] }]],
    [{ a: 1, left: undefined, 'b"': { c: [true, 'x'], d: null } }],
    [Array.from({ length: 5000 }, (_, index) => (index % 3 === 0 ? { index } : index / 7))],
  ])('is what JSON.stringify writes: %j', (value) => {
    expect(joined(value)).toBe(JSON.stringify(value));
  });

  it('writes typed arrays as arrays', () => {
    const values = Float32Array.from({ length: 3000 }, (_, index) => Math.sin(index));
    expect(JSON.parse(joined({ values, none: new Float64Array(0) }))).toEqual({ values: [...values], none: [] });
  });

  it('comes in pieces of about the same length, however much there is', () => {
    const lengths = Array.from(jsonPieces({ a: new Float32Array(1_000_000).fill(0.1), b: { c: 1 } }), (piece) => piece.length);
    expect(lengths.length).toBeGreaterThan(100);
    expect(Math.max(...lengths)).toBeLessThan(200_000);
    expect(Math.min(...lengths.slice(0, -1))).toBeGreaterThan(60_000);
  });
});
