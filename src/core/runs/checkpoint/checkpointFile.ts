/**
 * The checkpoint of a run as a file: a header, JSON, and the numbers of all arrays, little-endian. docs/checkpoints.md describes it.
 */
import type { SearchConfig } from '../../config/searchConfig';
import type { Dataset } from '../../data/dataset';
import { WorkbenchError } from '../../errors';
import { fnv1a } from '../../hash';
import { sentencesLater } from '../../language/lists';
import { sayLater, type Told } from '../../language/told';
import type { SearchState } from '../../search/journal';
import { dataFingerprint } from '../dataFingerprint';
import { runDataOf, type RecorderState, type RunData } from '../runFile';
import { pack, unpack } from './arrays';
import { configDifferences } from './differences';

/** Which run a checkpoint is of: another one cannot go on from it. */
export interface RunIdentity {
  readonly config: SearchConfig;
  readonly data: RunData;
  readonly dataFingerprint: string;
  /** Backends round differently. */
  readonly backend: string;
}

export interface Checkpoint extends RunIdentity {
  /** Whether the run has ended with a result. */
  readonly finished: boolean;
  readonly search: SearchState;
  readonly recorder: RecorderState;
}

const MAGIC = 'NASWBCKP';
const FORMAT = 3;
/** Bytes of the header: the magic letters, then whole numbers of four bytes. */
const HEADER = 32;
const field = { format: 8, results: 12, json: 16, arrays: 20, hash: 24 } as const;

/** Letters that are turned into a string at once. */
const AT_ONCE = 4096;

const bytesOf = (ascii: string) => Uint8Array.from({ length: ascii.length }, (_, index) => ascii.charCodeAt(index));

function textOf(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += AT_ONCE) pieces.push(String.fromCharCode(...bytes.subarray(from, from + AT_ONCE)));
  return pieces.join('');
}

export function identityOf(config: SearchConfig, dataset: Dataset, backend: string): RunIdentity {
  return { config, data: runDataOf(dataset), dataFingerprint: dataFingerprint(dataset), backend };
}

/** @param results the version of the results of seeded searches: numbers of another one would not go on the same */
export function writeCheckpoint(checkpoint: Checkpoint, results: number): Uint8Array {
  const { json, bytes } = pack(checkpoint);
  const text = bytesOf(json);
  const file = new Uint8Array(HEADER + text.length + bytes.length);
  file.set(bytesOf(MAGIC));
  file.set(text, HEADER);
  file.set(bytes, HEADER + text.length);
  const header = new DataView(file.buffer);
  header.setUint32(field.format, FORMAT, true);
  header.setUint32(field.results, results, true);
  header.setUint32(field.json, text.length, true);
  header.setUint32(field.arrays, bytes.length, true);
  header.setInt32(field.hash, fnv1a(file.subarray(HEADER)), true);
  return file;
}

/**
 * @param name of the file, for messages
 * @param advice what to do about a file that is refused
 * @throws WorkbenchError `invalid-data` for anything but a whole checkpoint of this version
 */
export function readCheckpoint(
  file: Uint8Array,
  results: number,
  name: Told,
  advice = sayLater('Name another file, or remove this one.'),
): Checkpoint {
  const refused = (what: Told) => new WorkbenchError('invalid-data', sentencesLater([what, advice]));
  const magic = textOf(file.subarray(0, MAGIC.length));
  if (magic !== MAGIC) throw refused(sayLater('{name} is no checkpoint.', { name }));
  if (file.length < HEADER) throw refused(sayLater('{name} is a checkpoint that was cut short.', { name }));
  const header = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const number = (at: number) => header.getUint32(at, true);
  const [format, written] = [number(field.format), number(field.results)];
  if (format !== FORMAT)
    throw refused(
      sayLater('{name} is a checkpoint of format {format}, and this version reads format {read}.', { name, format, read: FORMAT }),
    );
  if (written !== results)
    throw refused(
      sayLater('{name} is a checkpoint of version {written} of seeded searches, whose numbers do not go on in version {results}.', {
        name,
        written,
        results,
      }),
    );
  const arrays = HEADER + number(field.json);
  if (file.length < arrays + number(field.arrays)) throw refused(sayLater('{name} is a checkpoint that was cut short.', { name }));
  if (file.length > arrays + number(field.arrays) || fnv1a(file.subarray(HEADER)) !== header.getInt32(field.hash, true))
    throw refused(sayLater('{name} is a checkpoint that was damaged.', { name }));
  try {
    return unpack({ json: textOf(file.subarray(HEADER, arrays)), bytes: file.subarray(arrays) }) as Checkpoint;
  } catch {
    throw refused(sayLater('{name} is a checkpoint that was damaged.', { name }));
  }
}

/** @throws WorkbenchError `invalid-setting` when the checkpoint is of another run, with the difference */
export function assertSameRun(there: RunIdentity, here: RunIdentity, name: string): void {
  const why = difference(there, here);
  if (why !== null)
    throw new WorkbenchError(
      'invalid-setting',
      `${name} is the checkpoint of another search: ${why}. Give that search's options, or name another file.`,
    );
}

function difference(there: RunIdentity, here: RunIdentity): string | null {
  if (there.dataFingerprint !== here.dataFingerprint) {
    const [of, now] = [examplesText(there.data), examplesText(here.data)];
    return of === now ? `its examples are others, though also ${of}` : `its examples are ${of} there and ${now} here`;
  }
  if (there.backend !== here.backend) return `the backend is ${there.backend} there and ${here.backend} here`;
  return configDifferences(there.config, here.config);
}

const examplesText = ({ name, trainCount, testCount }: RunData) => `"${name}" with ${trainCount} for training and ${testCount} for test`;
