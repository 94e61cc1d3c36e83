import { drawTest } from '../testShare';
import type { LabelledFile } from './decodePictures';

/** As `drawTest`, for pictures that are not decoded yet. */
export function drawTestFiles(
  all: readonly LabelledFile[],
  randomSeed: number,
): { readonly train: LabelledFile[]; readonly test: LabelledFile[] } {
  const parts = drawTest(
    Uint8Array.from(all, ({ label }) => label),
    randomSeed,
  );
  const pick = (indices: Int32Array) => Array.from(indices, (index) => all[index] as LabelledFile);
  return { train: pick(parts.train), test: pick(parts.test) };
}
