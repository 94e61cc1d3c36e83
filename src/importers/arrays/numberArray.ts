/** Arrays of numbers as files hold them, whatever their type, byte order and order of dimensions. */

/** Any of the typed arrays whose elements are numbers. */
export type Numbers = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

export interface NumberArray {
  /** The name that its file gives it, for messages. */
  readonly name: string;
  readonly shape: readonly number[];
  /** How far apart neighbours along each dimension lie in the values. */
  readonly strides: readonly number[];
  readonly values: Numbers;
}

interface NumberType {
  readonly bytes: number;
  /** @param buffer that starts at the first number, in this machine's byte order */
  readonly read: (buffer: ArrayBuffer) => Numbers;
}

/** By NumPy's letter and number of bytes. Whole numbers of 64 bits become floats, which are exact up to 2^53. */
export const numberTypes: Readonly<Record<string, NumberType>> = {
  b1: { bytes: 1, read: (buffer) => new Uint8Array(buffer) },
  u1: { bytes: 1, read: (buffer) => new Uint8Array(buffer) },
  i1: { bytes: 1, read: (buffer) => new Int8Array(buffer) },
  u2: { bytes: 2, read: (buffer) => new Uint16Array(buffer) },
  i2: { bytes: 2, read: (buffer) => new Int16Array(buffer) },
  u4: { bytes: 4, read: (buffer) => new Uint32Array(buffer) },
  i4: { bytes: 4, read: (buffer) => new Int32Array(buffer) },
  u8: { bytes: 8, read: (buffer) => Float64Array.from(new BigUint64Array(buffer), Number) },
  i8: { bytes: 8, read: (buffer) => Float64Array.from(new BigInt64Array(buffer), Number) },
  f4: { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  f8: { bytes: 8, read: (buffer) => new Float64Array(buffer) },
};

/** @param bytes of whole numbers, each with its greatest byte first if `bigEndian` */
export function readNumbers(bytes: Uint8Array, { bytes: width, read }: NumberType, bigEndian: boolean): Numbers {
  // A copy, since typed arrays start only at multiples of their width.
  const copy = new Uint8Array(bytes);
  if (bigEndian && width > 1) for (let at = 0; at < copy.length; at += width) copy.subarray(at, at + width).reverse();
  return read(copy.buffer);
}

/** Strides with the last dimension's neighbours next to each other (C), or the first dimension's (Fortran). */
export function stridesOf(shape: readonly number[], fortran = false): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let step = 0; step < shape.length; step++) {
    const dimension = fortran ? step : shape.length - 1 - step;
    strides[dimension] = stride;
    stride *= shape[dimension] as number;
  }
  return strides;
}

/** "(60000, 28, 28)" */
export const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')})`;

export const productOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
