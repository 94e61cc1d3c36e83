/**
 * A data set as a file, as it is after decoding: 20 bytes (the letters NASWDATA and, as whole numbers of four bytes, the format, the length
 * of the description and its hash), the description as JSON, and the arrays as they lie in memory, little-endian, in the description's order.
 * Every byte is under a hash or checked by itself.
 */
import * as v from 'valibot';
import type { Dataset, Examples, Sound } from '../../core/data/dataset';
import { WorkbenchError } from '../../core/errors';
import { sayLater, type Told } from '../../core/language/told';
import { xxh32 } from '../../core/xxh32';
import type { ByteSource } from '../archives/byteSource';

/** What is said of a prepared set in a list. */
export interface PreparedAbout {
  /** Of what was given and how it was read, see `preparedKey`. */
  readonly key: string;
  /** What was given, for people. */
  readonly title: Told;
  /** Id of the task that it was read for. */
  readonly task: string;
  /** When it was written, in milliseconds since 1970. */
  readonly madeAt: number;
}

const MAGIC = 'NASWDATA';
export const PREPARED_FORMAT = 1;
const START = 20;
const at = { format: 8, length: 12, hash: 16 } as const;
/** Longer descriptions are damaged. Names and warnings of the largest sets take some kilobytes. */
const LONGEST = 2 ** 24;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const stored = (...types: readonly ('uint8' | 'float32' | 'uint32')[]) =>
  v.strictObject({ type: v.picklist(types), length: whole, hash: whole });
const examples = v.strictObject({
  count: whole,
  values: stored('uint8', 'float32'),
  labels: stored('uint8'),
  groups: v.optional(stored('uint8')),
  recordings: v.optional(stored('uint32')),
  validates: v.optional(stored('uint8')),
});
/** Sets of earlier versions have only strings, as they were said then. */
const told: v.GenericSchema<Told> = v.union([
  v.string(),
  v.strictObject({
    text: v.string(),
    values: v.record(v.string(), v.union([v.number(), v.lazy(() => told)])),
  }),
]);
const description = v.strictObject({
  about: v.strictObject({ key: v.string(), title: told, task: v.string(), madeAt: whole }),
  name: v.string(),
  words: v.strictObject({ one: v.string(), many: v.string() }),
  synthetic: v.boolean(),
  shape: v.pipe(v.array(v.pipe(whole, v.minValue(1))), v.minLength(1)),
  classNames: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(256)),
  groupNames: v.optional(v.pipe(v.array(v.string()), v.maxLength(256))),
  warnings: v.array(told),
  format: v.optional(told),
  split: v.optional(told),
  sounds: v.optional(v.array(v.strictObject({ label: whole, group: whole, samples: stored('float32') }))),
  train: examples,
  test: examples,
});

type Description = v.InferOutput<typeof description>;
type StoredArray = v.InferOutput<ReturnType<typeof stored>>;
type StoredExamples = v.InferOutput<typeof examples>;

const fields = ['values', 'labels', 'groups', 'recordings', 'validates'] as const;
const arrays = { uint8: Uint8Array, float32: Float32Array, uint32: Uint32Array } as const;
type AnyArray = Uint8Array | Float32Array | Uint32Array;

/** The file in pieces, without a copy of the arrays, and how many bytes they have together. */
export function preparedPieces(about: PreparedAbout, dataset: Dataset): { readonly size: number; readonly pieces: readonly Uint8Array[] } {
  const { name, words, synthetic, shape, classNames, groupNames, warnings, format, split, sounds, train, test } = dataset;
  const { one, many } = words;
  const text = new TextEncoder().encode(
    JSON.stringify({
      about,
      name,
      words: { one, many },
      synthetic,
      shape,
      classNames,
      groupNames,
      warnings,
      format,
      split,
      sounds: sounds?.map(({ label, group, samples }) => ({ label, group, samples: storedArray(samples, 'float32') })),
      train: storedExamples(train),
      test: storedExamples(test),
      // A person's own classes have no texts.
    } satisfies Record<Exclude<keyof Dataset, 'texts'> | 'about', unknown>),
  );
  const start = new Uint8Array(START);
  start.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(start.buffer);
  view.setUint32(at.format, PREPARED_FORMAT, true);
  view.setUint32(at.length, text.length, true);
  view.setUint32(at.hash, xxh32(text), true);
  const ofExamples = [train, test].flatMap((part) => fields.flatMap((field) => part[field] ?? []));
  const pieces = [start, text, ...[...ofExamples, ...(sounds ?? []).map(({ samples }) => samples)].map(bytesOf)];
  return { size: pieces.reduce((sum, { length }) => sum + length, 0), pieces };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: AnyArray) => new Uint8Array(buffer, byteOffset, byteLength);

const storedArray = (array: AnyArray, type: StoredArray['type']) => ({ type, length: array.length, hash: xxh32(bytesOf(array)) });

function storedExamples({ count, values, labels, groups, recordings, validates }: Examples) {
  return {
    count,
    values: storedArray(values, values instanceof Uint8Array ? 'uint8' : 'float32'),
    labels: storedArray(labels, 'uint8'),
    ...(groups && { groups: storedArray(groups, 'uint8') }),
    ...(recordings && { recordings: storedArray(recordings, 'uint32') }),
    ...(validates && { validates: storedArray(validates, 'uint8') }),
  };
}

/** A prepared set whose arrays are not read yet. */
export interface Prepared {
  readonly about: PreparedAbout;
  /** Numbers of examples. */
  readonly trainCount: number;
  readonly testCount: number;
  readonly words: Dataset['words'];
  /** @throws WorkbenchError `invalid-data` when an array is damaged */
  dataset(): Promise<Dataset>;
}

/**
 * Reads the description of a prepared set, and checks that the file has as many bytes as it says.
 * @param name of the file, for messages
 * @throws WorkbenchError `invalid-data` for anything but a whole set of this version
 */
export async function openPrepared(source: ByteSource, name: string): Promise<Prepared> {
  const refused = (why: Told) =>
    new WorkbenchError('invalid-data', sayLater('{name} {why}. Remove it, and read the examples again.', { name, why }), { file: name });
  const start = await source.slice(0, START);
  if (new TextDecoder('latin1').decode(start.subarray(0, MAGIC.length)) !== MAGIC) throw refused(sayLater('is no prepared set'));
  if (start.length < START) throw refused(sayLater('is a prepared set that was cut short'));
  const view = new DataView(start.buffer, start.byteOffset);
  const format = view.getUint32(at.format, true);
  if (format !== PREPARED_FORMAT)
    throw refused(
      sayLater('is a prepared set of format {format}, and this version reads format {preparedFormat}', {
        format,
        preparedFormat: PREPARED_FORMAT,
      }),
    );
  const length = view.getUint32(at.length, true);
  const damaged = () => refused(sayLater('is a prepared set that was damaged'));
  if (length > LONGEST) throw damaged();
  const text = await source.slice(START, START + length);
  if (text.length < length) throw refused(sayLater('is a prepared set that was cut short'));
  if (xxh32(text) !== view.getUint32(at.hash, true)) throw damaged();
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), description), new TextDecoder().decode(text));
  if (!parsed.success || !isConsistent(parsed.output)) throw damaged();
  const { about, train, test, words, sounds = [] } = parsed.output;
  const stores = [...storedIn(train), ...storedIn(test), ...sounds.map(({ samples }) => samples)];
  const size = START + length + stores.reduce((sum, one) => sum + one.length * arrays[one.type].BYTES_PER_ELEMENT, 0);
  if (source.size !== size)
    throw refused(
      source.size < size ? sayLater('is a prepared set that was cut short') : sayLater('is a prepared set with more behind it'),
    );
  const dataset = () => readDataset(source, parsed.output, START + length, damaged);
  return { about, trainCount: train.count, testCount: test.count, words, dataset };
}

const storedIn = (part: StoredExamples) => fields.flatMap((field) => part[field] ?? []);

function isConsistent({ shape, train, test }: Description): boolean {
  const size = shape.reduce((product, side) => product * side, 1);
  return [train, test].every(
    ({ count, values, labels, groups, recordings, validates }) =>
      values.length === count * size && [labels, groups, recordings, validates].every((array) => !array || array.length === count),
  );
}

async function readDataset(source: ByteSource, from: Description, first: number, damaged: () => WorkbenchError): Promise<Dataset> {
  let next = first;
  const read = async ({ type, length, hash }: StoredArray) => {
    const bytes = await source.slice(next, (next += length * arrays[type].BYTES_PER_ELEMENT));
    if (xxh32(bytes) !== hash) throw damaged();
    const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    return new arrays[type](buffer as ArrayBuffer, byteOffset, length);
  };
  const part = async ({ count, values, labels, groups, recordings, validates }: StoredExamples): Promise<Examples> => ({
    count,
    values: (await read(values)) as Examples['values'],
    labels: below(await read(labels), from.classNames.length, damaged),
    ...(groups && { groups: below(await read(groups), from.groupNames?.length ?? 0, damaged) }),
    ...(recordings && { recordings: (await read(recordings)) as Uint32Array }),
    ...(validates && { validates: below(await read(validates), 2, damaged) }),
  });
  const { name, words, synthetic, shape, classNames, groupNames, warnings, format, split } = from;
  const train = await part(from.train);
  const test = await part(from.test);
  const sounds: Sound[] = [];
  for (const { label, group, samples } of from.sounds ?? []) sounds.push({ label, group, samples: (await read(samples)) as Float32Array });
  return {
    ...{ name, words, synthetic, shape, classNames, warnings, train, test },
    ...(groupNames && { groupNames }),
    ...(format !== undefined && { format }),
    ...(split !== undefined && { split }),
    ...(from.sounds && { sounds }),
  };
}

/** Numbers of classes or groups, which must have names, or of two kinds. */
function below(numbers: AnyArray, names: number, damaged: () => WorkbenchError): Uint8Array {
  if (numbers.some((number: number) => number >= names)) throw damaged();
  return numbers as Uint8Array;
}
