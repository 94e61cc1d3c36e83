/** Imports from the hub on this machine, of pictures that need no decoder. */
import type { Dataset } from '../../src/core/data/dataset';
import type { ImportOptions, PictureDecoder } from '../../src/importers/exampleImporter';
import { importHub, type HubChoice } from '../../src/importers/hub/importHub';
import { KeptRanges } from '../../src/importers/hub/keptRanges';
import { listHub } from '../../src/importers/hub/listing';
import { DATA_SET, HubServer, type SplitContent } from './hubServer';
import { workHere } from '../../src/importers/work';
import { importOptions } from './imports';
import { parquetFile } from './parquet';

export const never = new AbortController().signal;
export const CLASSES = ['cat', 'dog'];
export const features = { img: { _type: 'Image' }, label: { _type: 'ClassLabel', names: CLASSES } };

/**
 * Pictures of one gray each, from `first` on; the first half are cats.
 * @param bytes of each, most of them noise, since a server tells nothing about a file that is fetched whole
 */
export function grays(split: string, first: number, rows: number, { bytes = 1, rowsPerGroup = 5 } = {}): SplitContent {
  let state = first;
  const pictures = Array.from({ length: rows }, (_, row) => {
    const picture = Uint8Array.from({ length: bytes }, () => (state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0) >>> 24);
    picture[0] = first + row;
    return picture;
  });
  const labels = pictures.map((_, row) => Math.floor((2 * row) / rows));
  return { split, rows, file: parquetFile(`${split}.parquet`, { pictures, labels, rowsPerGroup }) };
}

export interface Changes {
  readonly choice?: Partial<HubChoice>;
  readonly options?: Partial<ImportOptions>;
  readonly kept?: KeptRanges;
  readonly signal?: AbortSignal;
  readonly onFetched?: (done: number, total: number) => void;
}

/** Lists the server's data set and imports its splits "train" and "test". */
export async function readHub(
  { hub }: HubServer,
  { choice, options, kept = new KeptRanges(), signal = never, onFetched = () => {} }: Changes = {},
): Promise<Dataset> {
  const listing = await listHub(DATA_SET, hub, never);
  const decodePicture: PictureDecoder = async ([value = 0]) => ({
    width: 1,
    height: 1,
    rgba: Uint8Array.of(value, value, value, 255),
  });
  return importHub(
    listing,
    { config: 'default', train: 'train', test: 'test', columns: null, most: null, ...choice },
    { ...importOptions, work: workHere(decodePicture), ...options },
    { hub, kept, signal, onFetched },
  );
}

/** The bytes that a request asked for. */
export function bytesOf(range: string | undefined): number {
  const [from, to] = (/=(\d+)-(\d+)/.exec(range ?? '') ?? ['', '0', '-1']).slice(1).map(Number) as [number, number];
  return to - from + 1;
}
