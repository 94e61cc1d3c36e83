/** Reads examples, or takes them from where they were kept the last time. */
import type { Dataset } from '../../core/data/dataset';
import type { Told } from '../../core/language/told';
import type { ImportOptions } from '../exampleImporter';
import type { PreparedAbout } from './preparedFile';
import { preparedKey } from './preparedKey';

/** A place where prepared sets are kept. Neither method fails: a set that is damaged or cannot be kept is told and left out. */
export interface PreparedPlace<Kept> {
  /** @returns null when there is none */
  find(key: string): Promise<Dataset | null>;
  keep(about: Omit<PreparedAbout, 'madeAt'>, dataset: Dataset): Promise<Kept>;
}

export interface ReadPrepared<Kept> {
  readonly dataset: Dataset;
  /** The key under which it was there already; null when it was read. */
  readonly from: string | null;
  /** What came of keeping it; null when it was there, or when files do not tell whether they have changed. */
  readonly kept: Kept | null;
}

/**
 * @param title what is given, for people
 * @param read reads the files with the options that it is passed
 */
export async function readPrepared<Kept, Options extends Pick<ImportOptions, 'task' | 'holdOut' | 'feature' | 'variants' | 'randomSeed'>>(
  files: Parameters<typeof preparedKey>[0],
  title: Told,
  options: Options,
  place: PreparedPlace<Kept>,
  read: (options: Options) => Promise<Dataset>,
): Promise<ReadPrepared<Kept>> {
  const { randomSeed } = options;
  const [always, forSeed] = [preparedKey(files, options, null), preparedKey(files, options, randomSeed)];
  for (const key of [always, forSeed]) {
    const dataset = key === null ? null : await place.find(key);
    if (dataset) return { dataset, from: key, kept: null };
  }
  // Files that say which examples test are read alike whatever the seed, so that such a set is kept once for all seeds.
  const drawn = { is: false };
  const watched = withOptions(options, {
    get randomSeed() {
      drawn.is = true;
      return randomSeed;
    },
  });
  const dataset = await read(watched);
  const key = drawn.is ? forSeed : always;
  return { dataset, from: null, kept: key === null ? null : await place.keep({ key, title, task: options.task.id }, dataset) };
}

/** As a spread, but a getter stays one: `readPrepared` hears through one whether the random seed decides anything. */
export const withOptions = <Options extends object, Others extends object>(options: Options, others: Others): Options & Others =>
  Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(options), ...Object.getOwnPropertyDescriptors(others) }) as Options &
    Others;
