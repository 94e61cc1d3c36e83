/** Decodes picture files into examples, several at a time. */
import type { Examples } from '../../core/data/dataset';
import { claimedSize } from '../../core/data/pictures/claimedSize';
import { MOST_PIXELS } from '../../core/data/pictures/pixels';
import { WorkbenchError } from '../../core/errors';
import { firstLater } from '../../core/language/lists';
import { sayLater, type Told } from '../../core/language/told';
import { called, type ImportOptions, type NamedFile } from '../exampleImporter';
import { invalidData, isOneFilesFault } from '../invalidData';
import { Room } from './room';

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
/** So many pixels are decoded at a time, or one picture; a decoder takes up to 7 bytes for each. */
const PIXELS_AT_A_TIME = 32e6;
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
 * Pictures of the task's size in the order of the files. Files that do not decode or have too many pixels are left out, and warnings count them.
 * @throws WorkbenchError `invalid-data` when more than a tenth or all that test do not decode or have too many pixels, or the pictures do not fit into memory
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
  const put = (index: number, picture: Uint8Array) =>
    index < train.length ? values.train.set(picture, index * size) : values.test.set(picture, (index - train.length) * size);
  const [failed, tooLarge]: [number[], number[]] = [[], []];
  const unreadable = new Map<number, WorkbenchError>();
  const room = new Room(PIXELS_AT_A_TIME);
  let [next, done] = [0, 0];
  const work = async () => {
    while (next < files.length) {
      const index = next++;
      const { file } = files[index] as LabelledFile;
      const bytes = await file.bytes().catch(ownFault);
      const claimed = bytes instanceof WorkbenchError ? null : claimedSize(bytes);
      const pixels = claimed ? claimed.width * claimed.height : PIXELS_AT_A_TIME;
      if (bytes instanceof WorkbenchError) unreadable.set(index, bytes);
      else if (pixels > MOST_PIXELS) tooLarge.push(index);
      else {
        await room.enter(pixels);
        const picture = await options.work.picture(bytes, width, height).finally(() => room.leave(pixels));
        if (picture) put(index, picture);
        else failed.push(index);
      }
      options.onProgress(++done, files.length);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  failed.push(...unreadable.keys());
  const lost = new Set([...failed, ...tooLarge]);
  const namesOf = (indices: Iterable<number>) =>
    [...indices].toSorted((a, b) => a - b).map((index) => called((files[index] as LabelledFile).file));
  const lostTests = [...lost].filter((index) => index >= train.length);
  const [reason] = 2 * unreadable.size > lost.size ? unreadable.values() : [];
  const refusal = (...those: Parameters<typeof undecodable>) =>
    reason ?? (tooLarge.length > failed.length ? overLarge : undecodable)(...those);
  if (lost.size > DAMAGED_SHARE * files.length) throw refusal(namesOf(lost), files.length);
  if (test.length > 0 && lostTests.length === test.length) throw refusal(namesOf(lostTests), test.length);
  const warnings = [
    failed.length > 0 &&
      sayLater(
        '{count, plural, one {# file does not decode as a picture and is} other {# files do not decode as a picture and are}} left out: {names}.',
        { count: failed.length, names: firstLater(namesOf(failed), NAMED) },
      ),
    tooLarge.length > 0 &&
      sayLater(
        '{count, plural, one {# picture has more than {most} million pixels and is} other {# pictures have more than {most} million pixels and are}} left out: {names}.',
        { count: tooLarge.length, most: MOST_PIXELS / 1e6, names: firstLater(namesOf(tooLarge), NAMED) },
      ),
  ];
  return {
    train: examplesOf(values.train, size, train, (index) => !lost.has(index)),
    test: examplesOf(values.test, size, test, (index) => !lost.has(train.length + index)),
    warnings: warnings.filter((warning) => warning !== false),
  };
}

/** @returns the fault of a file that is damaged in its archive, or missing from its table; throws any other */
function ownFault(reason: unknown): WorkbenchError {
  if (isOneFilesFault(reason)) return reason;
  throw reason;
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

function overLarge(names: readonly Told[], total: number): WorkbenchError {
  return invalidData(
    names[0] as Told,
    sayLater(
      'and {others, plural, one {# other file} other {# other files}} of {total, number} have more than {most} million pixels or do not decode. Make them smaller.',
      { others: names.length - 1, total, most: MOST_PIXELS / 1e6 },
    ),
  );
}
