import type { Dataset } from '../data/dataset';
import { fnv1a } from '../hash';

/**
 * 32 hexadecimal digits, eight each for the training inputs, their classes, the test inputs and their classes. Runs with different
 * fingerprints used different examples. Computing it takes a fraction of a second. It does not protect against forged data.
 */
export function dataFingerprint({ train, test }: Pick<Dataset, 'train' | 'test'>): string {
  return [train.values, train.labels, test.values, test.labels].map(digits).join('');
}

const digits = ({ buffer, byteOffset, byteLength }: Uint8Array | Float32Array) =>
  (fnv1a(new Uint8Array(buffer, byteOffset, byteLength)) >>> 0).toString(16).padStart(8, '0');
