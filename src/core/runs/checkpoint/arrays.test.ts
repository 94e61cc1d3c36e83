import { expect, it } from 'vitest';
import { pack, unpack } from './arrays';

it('plain data with arrays comes back number for number, and an array that occurs twice is kept once', () => {
  const shared = Float32Array.of(0.1, -0, Infinity, NaN);
  const data = {
    text: 'Zürich, 大',
    odd: [NaN, -Infinity, -0, 1e-320, 0.1 + 0.2],
    nothing: null,
    twice: [shared, { again: shared }],
    exact: Float64Array.of(1, 2.5, 1e7),
    fine: Float64Array.of(0.1, 1e300),
    empty: new Float32Array(),
  };
  const packed = pack(data);
  expect(packed.bytes.length).toBe(4 * 4 + 3 * 4 + 2 * 8);
  expect(packed.json).toMatch(/^[ -~]*$/);
  const found = unpack(packed) as typeof data;
  expect(found).toEqual(data);
  expect(found.twice[0]).toBe((found.twice[1] as { again: Float32Array }).again);
  expect(Object.is(found.odd[2], -0)).toBe(true);
});

it.each(['["float32",3]', '["float64",1e9],["float32",-2e9],["float32",2]'])(
  'arrays of other lengths than the bytes hold are refused before any is made: %s',
  (table) => {
    const forged = { json: `{"arrays":[${table}],"data":{"$array":0}}`, bytes: new Uint8Array(8) };
    expect(() => unpack(forged)).toThrow('other lengths');
  },
);
