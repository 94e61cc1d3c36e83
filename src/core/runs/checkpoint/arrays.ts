/** Plain data with typed arrays in it, as JSON and bytes. Every number comes back as it was. */

/** What stands in the JSON for an array, and for a number that JSON has no word for. */
interface ArrayPlace {
  readonly $array: number;
}
interface OddNumber {
  readonly $number: string;
}

/** Float64 arrays whose numbers are all float32 as well take half the room. */
type Kind = 'float32' | 'float64' | 'float64 as float32';

export interface Packed {
  /** In ASCII alone. */
  readonly json: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** @param data an array that occurs twice is written once */
export function pack(data: unknown): Packed {
  const places = new Map<Float32Array | Float64Array, number>();
  const text = JSON.stringify(data, (_, value: unknown) => {
    if (value instanceof Float32Array || value instanceof Float64Array) {
      const place = places.get(value) ?? places.size;
      places.set(value, place);
      return { $array: place } satisfies ArrayPlace;
    }
    const odd = typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0));
    return odd ? ({ $number: Object.is(value, -0) ? '-0' : String(value) } satisfies OddNumber) : value;
  });
  const arrays = [...places.keys()].map((array) => ({ array, kind: kindOf(array) }));
  const view = new DataView(new ArrayBuffer(arrays.reduce((total, { array, kind }) => total + array.length * widthOf(kind), 0)));
  let at = 0;
  for (const { array, kind } of arrays)
    for (const value of array) {
      if (kind === 'float64') view.setFloat64(at, value, true);
      else view.setFloat32(at, value, true);
      at += widthOf(kind);
    }
  const table = arrays.map(({ array, kind }) => [kind, array.length]);
  const ascii = text.replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return { json: `{"arrays":${JSON.stringify(table)},"data":${ascii}}`, bytes: new Uint8Array(view.buffer) };
}

/**
 * What was packed. Arrays that were one are one again.
 * @throws Error where the table of arrays is not that of the bytes
 */
export function unpack({ json, bytes }: { readonly json: string; readonly bytes: Uint8Array }): unknown {
  const { arrays: table } = JSON.parse(json) as { readonly arrays: readonly (readonly [Kind, number])[] };
  // Before any array is made, since a forged length may ask for more than there is.
  const total = table.reduce((sum, [kind, length]) => sum + (length >= 0 ? length : NaN) * widthOf(kind), 0);
  if (total !== bytes.length) throw new Error('other lengths');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const arrays = table.map(([kind, length]) => {
    const array = kind === 'float32' ? new Float32Array(length) : new Float64Array(length);
    for (let index = 0; index < length; index++, at += widthOf(kind))
      array[index] = kind === 'float64' ? view.getFloat64(at, true) : view.getFloat32(at, true);
    return array;
  });
  const { data } = JSON.parse(json, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$array' in value) return arrays[(value as ArrayPlace).$array];
    if ('$number' in value) return Number((value as OddNumber).$number);
    return value;
  }) as { readonly data: unknown };
  return data;
}

const widthOf = (kind: Kind) => (kind === 'float64' ? Float64Array.BYTES_PER_ELEMENT : Float32Array.BYTES_PER_ELEMENT);

function kindOf(array: Float32Array | Float64Array): Kind {
  if (array instanceof Float32Array) return 'float32';
  return array.every((value) => Object.is(Math.fround(value), value)) ? 'float64 as float32' : 'float64';
}
