/** Finds the columns of examples, classes and speakers of a Parquet file. */
import { ToldError } from '../../core/errors';
import { sayLater } from '../../core/language/told';
import type { FileMetaData, SchemaTree } from 'hyparquet';
import { invalidData } from '../invalidData';

/** What a Parquet file can hold an example as. */
export type ExampleKind = 'picture' | 'sound';

export interface Column {
  readonly name: string;
  /** `file` is bytes of which nobody says what they are, `class` a number with a name, `value` any other single number or text. */
  readonly kind: ExampleKind | 'file' | 'class' | 'value' | 'other';
  /** The names of the classes 0, 1, ..., where they are known. */
  readonly classNames: readonly string[] | null;
}

/** What a person chose to take from Parquet files. */
export interface ParquetChoice {
  /** Names of the columns of examples and of classes; null looks for them. */
  readonly columns: { readonly example: string; readonly label: string } | null;
  /** Names of the classes, where something else than the files knows them. */
  readonly classNames: readonly string[] | null;
  /** At most so many rows of each part, spread over it as `chooseRows` says; null for all. */
  readonly most: number | null;
}

export interface ChosenColumns {
  readonly example: string;
  readonly label: string;
  /** Who speaks, in a file of sounds. */
  readonly speaker: string | null;
  readonly classNames: readonly string[] | null;
}

/** What Hugging Face's library says about columns: in JSON under the key "huggingface" of a file, and in the hub's answers. */
export type Features = Readonly<Record<string, { readonly _type?: unknown; readonly names?: unknown } | undefined>>;

const LABEL_NAMES = ['label', 'labels', 'fine_label', 'class', 'target', 'y', 'category', 'keyword', 'word'];
const SPEAKER_NAMES = ['speaker_id', 'speaker', 'client_id', 'user_id'];

/**
 * The columns to read: those that were chosen, or else those that look like it.
 * @param name of the file, for messages
 * @throws WorkbenchError `invalid-data` that names the columns there are when one is missing
 */
export function chooseColumns(
  name: string,
  columns: readonly Column[],
  kind: ExampleKind,
  chosen: ParquetChoice['columns'] = null,
): ChosenColumns {
  const all = columns.map((column) => column.name).join(', ');
  const named = (wanted: string) => columns.find((column) => column.name.toLowerCase() === wanted.toLowerCase());
  const picked = (wanted: string) => {
    const column = named(wanted);
    if (column) return column;
    throw invalidData(name, sayLater('has no column "{wanted}"; it has {all}. Choose one of these.', { wanted, all }));
  };
  const example = chosen ? picked(chosen.example) : suggestedExample(columns, kind);
  if (!example) throw noExample(name, columns, kind);
  const label = chosen ? picked(chosen.label) : suggestedLabel(columns);
  if (!label || label.kind === 'other')
    throw invalidData(
      name,
      sayLater(
        'has no column "label" with the class of each {kind, select, picture {picture} other {sound}}; it has {all}. Rename the column with the classes.',
        { kind, all },
      ),
    );
  const speaker = SPEAKER_NAMES.map(named).find((column) => column?.kind === 'value');
  return { example: example.name, label: label.name, speaker: speaker?.name ?? null, classNames: label.classNames };
}

export function suggestedExample(columns: readonly Column[], wanted: ExampleKind): Column | undefined {
  return columns.find(({ kind }) => kind === wanted) ?? columns.find(({ kind }) => kind === 'file');
}

export function suggestedLabel(columns: readonly Column[]): Column | undefined {
  const single = columns.filter(({ kind }) => kind === 'class' || kind === 'value');
  const byName = LABEL_NAMES.map((wanted) => single.find(({ name }) => name.toLowerCase() === wanted)).find((column) => column);
  return byName ?? single.find(({ kind }) => kind === 'class');
}

function noExample(name: string, columns: readonly Column[], kind: ExampleKind): Error {
  const other = columns.find((column) => column.kind === (kind === 'picture' ? 'sound' : 'picture'));
  if (other)
    return invalidData(
      name,
      kind === 'picture'
        ? sayLater('holds sounds in its column "{name}", but the task learns from pictures. Choose a task for sounds, kws.', {
            name: other.name,
          })
        : sayLater('holds pictures in its column "{name}", but the task learns from sounds. Choose a task for pictures, such as ic.', {
            name: other.name,
          }),
    );
  return invalidData(
    name,
    sayLater(
      'has no column of {kind, select, picture {pictures} other {sounds}} (binary, or with "bytes" in it) among {all}. Save the data set with its {kind, select, picture {pictures} other {sounds}} embedded.',
      { kind, all: columns.map((column) => column.name).join(', ') },
    ),
  );
}

/** The columns of a file, by what it says of them and by their types. @throws Error for a column without a name */
export function columnsOf(metadata: FileMetaData, schema: SchemaTree): Column[] {
  const features = featuresIn(metadata);
  return schema.children.map((column) => {
    const name = column.element.name as string | undefined;
    if (name === undefined) throw new ToldError(sayLater('a column has no name'));
    const described = describedColumn(name, features[name]);
    if (described && described.kind !== 'value') return described;
    const kind = holdsFiles(column) ? 'file' : column.children.length === 0 ? 'value' : 'other';
    return { name, kind, classNames: null };
  });
}

/** The columns that a description lists, in its order. */
export function describedColumns(features: Features): Column[] {
  return Object.entries(features).map(([name, feature]) => describedColumn(name, feature) ?? { name, kind: 'other', classNames: null });
}

/** Null where the description does not tell. */
function describedColumn(name: string, feature: Features[string]): Column | null {
  const kinds: Readonly<Record<string, Column['kind']>> = { Image: 'picture', Audio: 'sound', ClassLabel: 'class', Value: 'value' };
  const kind = typeof feature?._type === 'string' ? kinds[feature._type] : undefined;
  if (kind === undefined) return null;
  const names = feature?.names;
  const known = kind === 'class' && Array.isArray(names) && names.every((one) => typeof one === 'string');
  return { name, kind, classNames: known ? names : null };
}

/** Binary, or a structure with a field of bytes, as Hugging Face's library writes it. */
function holdsFiles({ element, children }: SchemaTree): boolean {
  const binary = children.length === 0 ? element : children.find((child) => child.element.name === 'bytes')?.element;
  return binary?.type === 'BYTE_ARRAY' && binary.converted_type === undefined && binary.logical_type === undefined;
}

function featuresIn({ key_value_metadata: pairs }: FileMetaData): Features {
  try {
    const { info } = JSON.parse(pairs?.find(({ key }) => key === 'huggingface')?.value ?? '{}') as { info?: { features?: unknown } };
    const features = info?.features;
    return typeof features === 'object' && features !== null ? (features as Features) : {};
  } catch {
    // Without a description the columns' own types have to do.
    return {};
  }
}
