/** What a prepared set is found by. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ImportOptions } from '../exampleImporter';
import type { PickedFile } from '../openFiles';
import { PREPARED_FORMAT } from './preparedFile';

/** To be raised when an importer, a feature or the resizing of pictures gives other examples than before. */
const IMPORT_VERSION = 7;

export type Reading = Pick<ImportOptions, 'task' | 'holdOut' | 'feature' | 'variants'>;

/**
 * 32 hexadecimal digits that differ when other files are given, when one of them has changed, or when they are read in another way.
 * @param randomSeed null when it decides nothing
 * @returns null for files that do not tell whether they have changed
 */
export function preparedKey(
  files: readonly Pick<PickedFile, 'path' | 'size' | 'version'>[],
  { task, holdOut, feature = 'mfcc', variants = 1 }: Reading,
  randomSeed: number | null,
): string | null {
  if (files.length === 0 || files.some(({ version }) => version === undefined)) return null;
  const given = files.map(({ path, size, version }) => [path, size, version] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const { kind, shape } = task.example;
  // Features and variants are of sound only; others do not depend on them.
  const reading = [task.id, kind, shape, holdOut, ...(kind === 'sound' ? [feature, variants] : []), randomSeed];
  const text = JSON.stringify([PREPARED_FORMAT, IMPORT_VERSION, reading, given]);
  return bytesToHex(sha256(new TextEncoder().encode(text))).slice(0, 32);
}
