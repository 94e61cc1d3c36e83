/** NumPy's and MNIST's files of arrays, made byte by byte. */
import { ascii, concat } from './archives';

/** A .npy file with this header. */
export function npy(header: string, values: Uint8Array | readonly number[], version = 1): Uint8Array {
  const text = ascii(`${header}\n`);
  const length = [text.length % 256, text.length >> 8, 0, 0].slice(0, version === 1 ? 2 : 4);
  return concat(Uint8Array.of(0x93), ascii('NUMPY'), Uint8Array.of(version, 0, ...length), text, Uint8Array.from(values));
}

/** The header of an array. */
export const npyHeader = (descr: string, shape: readonly number[], fortran = false): string =>
  `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape.join(', ')},), }`;

export const idxOf = (type: number, shape: readonly number[], values: readonly number[]): Uint8Array =>
  concat(
    Uint8Array.of(0, 0, type, shape.length),
    ...shape.map((length) => Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length)),
    Uint8Array.from(values),
  );
