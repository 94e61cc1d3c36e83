/** Decodes picture files into examples, several at a time. */
import type { Examples } from '../../core/data/dataset';
import { WorkbenchError } from '../../core/errors';
import { firstLater } from '../../core/language/lists';
import { sayLater, type Told } from '../../core/language/told';
import { called, type ImportOptions, type NamedFile } from '../exampleImporter';
import { invalidData } from '../invalidData';

export interface LabelledFile {
  readonly file: NamedFile;
  readonly label: number;
  /** Whether the data name it for validation. */
  readonly validates?: boolean;
}

export interface DecodedPictures {
  readonly train: Examples;
  readonly test: Examples;
  readonly warnings: readonly Told[];
}

/** Endings of the formats that browsers and the command line decode alike. Only one of them reads TIFF, BMP or HEIC, and AVIF comes out differently. */
export const isPicture = (name: string): boolean => /\.(jpe?g|jpe|jfif|png|webp|gif)$/i.test(name);
export const pictureExtensions = ['.jpg', '.jpeg', '.png', '.webp', '.gif'] as const;

/** Decoders run on other threads; so many pictures at a time keep those busy. */
const AT_A_TIME = 32;
/** Engines refuse longer arrays, or the machine has no memory for them. */
const MOST_BYTES = 4e9;
/** More files than this share that do not decode are more than a few damaged ones. */
const DAMAGED_SHARE = 0.1;
/** A sentence names so many files. */
const NAMED = 3;

/** Width and height of a task's pictures. @throws WorkbenchError `invalid-setting` when the task wants other channels than three */
export function pictureSize({ title, example }: ImportOptions['task']): { readonly width: number; readonly height: number } {
  const [height, width, channels] = example.shape;
  if (example.shape.length !== 3 || channels !== 3)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('{task} takes no pictures of three channels, and no others are read.', { task: sayLater(title) }),
    );
  return { width: width as number, height: height as number };
}

/**
 * Pictures of the task's size in the order of the files. Files that do not decode are left out, and a warning counts them.
 * @throws WorkbenchError `invalid-data` when more than a tenth do not decode, or the pictures do not fit into memory
 */
export async function decodePictures(
  train: readonly LabelledFile[],
  test: readonly LabelledFile[],
  options: Pick<ImportOptions, 'task' | 'work' | 'onProgress'>,
): Promise<DecodedPictures> {
  const { width, height } = pictureSize(options.task);
  const size = width * height * 3;
  const files = [...train, ...test];
  assertFits(files.length, width, height);
  // Apart, so that neither stays in memory with the other when one of them is replaced.
  const values = { train: new Uint8Array(train.length * size), test: new Uint8Array(test.length * size) };
  const failed: number[] = [];
  let [next, done] = [0, 0];
  const work = async () => {
    while (next < files.length) {
      const index = next++;
      const { file } = files[index] as LabelledFile;
      const picture = await options.work.picture(await file.bytes(), width, height);
      if (!picture) failed.push(index);
      else if (index < train.length) values.train.set(picture, index * size);
      else values.test.set(picture, (index - train.length) * size);
      options.onProgress(++done, files.length);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  failed.sort((a, b) => a - b);
  const names = failed.map((index) => called((files[index] as LabelledFile).file));
  if (failed.length > DAMAGED_SHARE * files.length) throw undecodable(names, files.length);
  const lost = new Set(failed);
  return {
    train: examplesOf(values.train, size, train, (index) => !lost.has(index)),
    test: examplesOf(values.test, size, test, (index) => !lost.has(train.length + index)),
    warnings:
      names.length === 0
        ? []
        : [
            sayLater(
              '{count, plural, one {# file does not decode as a picture and is} other {# files do not decode as a picture and are}} left out: {names}.',
              { count: names.length, names: firstLater(names, NAMED) },
            ),
          ],
  };
}

/** @throws WorkbenchError `invalid-data` when so many pictures would not fit into memory */
export function assertFits(count: number, width: number, height: number): void {
  const bytes = count * width * height * 3;
  if (bytes > MOST_BYTES)
    throw new WorkbenchError(
      'invalid-data',
      sayLater('{count, number} pictures of {size} need {needed} GB of memory; at most {most} GB are used. Leave some out.', {
        ...{ count, size: `${width}x${height}`, needed: (bytes / 1e9).toFixed(1), most: MOST_BYTES / 1e9 },
      }),
    );
}

/** The files that did not fail. Their values move together within the one array, so that it is never there twice. */
function examplesOf(values: Uint8Array, size: number, files: readonly LabelledFile[], decoded: (index: number) => boolean): Examples {
  const labels: number[] = [];
  const validates: number[] = [];
  files.forEach(({ label, validates: named = false }, index) => {
    if (!decoded(index)) return;
    const at = labels.length;
    if (at !== index) values.copyWithin(at * size, index * size, (index + 1) * size);
    labels.push(label);
    validates.push(Number(named));
  });
  return {
    count: labels.length,
    values: values.subarray(0, labels.length * size),
    labels: Uint8Array.from(labels),
    ...(validates.includes(1) && { validates: Uint8Array.from(validates) }),
  };
}

function undecodable(names: readonly Told[], total: number): WorkbenchError {
  return invalidData(
    names[0] as Told,
    sayLater(
      'and {others, plural, one {# other file} other {# other files}} of {total, number} do not decode as pictures; at most a tenth may be damaged. Check that they are JPEG, PNG, WebP or GIF and were copied whole.',
      { others: names.length - 1, total },
    ),
  );
}
