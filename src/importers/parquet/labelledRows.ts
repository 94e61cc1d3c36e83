/** The rows of several Parquet files, with their classes and the part of the data set that each belongs to. */
import { sayLater, type Told } from '../../core/language/told';
import { assertClassNumber } from '../classRules';
import type { ImportOptions, NamedFile } from '../exampleImporter';
import { invalidData } from '../invalidData';
import { meaningOf, partOfWord, type NamedPart, type Part } from '../partNames';
import { chooseColumns, type ChosenColumns, type ExampleKind } from './columns';
import { chooseRows } from './chooseRows';
import { openTable, readRows, type Row, type Table } from './table';

export interface LabelledRow {
  readonly part: Part;
  readonly label: number;
  readonly row: Row;
}

export interface LabelledRows {
  readonly classNames: readonly string[];
  readonly rows: readonly LabelledRow[];
  /** Which part tests; null where none says so. */
  readonly tested: 'test' | 'validation' | null;
  readonly warnings: readonly Told[];
}

/** A file, its columns, and the rows to take of each of its groups. */
export interface PlannedTable {
  readonly table: Table;
  readonly part: Part;
  readonly columns: ChosenColumns;
  readonly rows: readonly (readonly number[])[];
}

export const isParquet = (name: string) => /\.parquet$/i.test(name);

/**
 * Opens the files and chooses rows, part by part; reads no row yet.
 * @throws WorkbenchError `invalid-data` as `openTable` and `chooseColumns` do
 */
export async function planRows(
  files: readonly NamedFile[],
  kind: ExampleKind,
  { parquet }: Pick<ImportOptions, 'parquet'>,
): Promise<PlannedTable[]> {
  const found = files.filter(({ name }) => isParquet(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const tables = await Promise.all(found.map(openTable));
  const named = tables.map(({ name }) => partOf(name));
  const meaning = meaningOf(named);
  const planned = tables.map((table, index) => ({
    table,
    part: meaning(named[index] ?? 'train'),
    columns: chooseColumns(table.name, table.columns, kind, parquet?.columns),
    rows: [],
  }));
  return limited(planned, parquet?.most ?? null, (namesOf(planned, parquet) ?? []).length);
}

/** The names of the classes, where somebody knows them. */
function namesOf(planned: readonly PlannedTable[], chosen: ImportOptions['parquet']): readonly string[] | null {
  return chosen?.classNames ?? planned.find(({ columns }) => columns.classNames)?.columns.classNames ?? null;
}

/** Each part is limited by itself, over all of its files. */
function limited(planned: readonly PlannedTable[], most: number | null, classes: number): PlannedTable[] {
  const chosen = new Map<PlannedTable, PlannedTable['rows']>();
  for (const part of parts) {
    const own = planned.filter((one) => one.part === part);
    const rows = chooseRows(
      own.flatMap(({ table }) => table.counts),
      most,
      classes,
    );
    let at = 0;
    for (const one of own) chosen.set(one, rows.slice(at, (at += one.table.counts.length)));
  }
  return planned.map((one) => ({ ...one, rows: chosen.get(one) ?? [] }));
}

/**
 * @throws WorkbenchError `invalid-data` for damaged files, files without the columns, a label without a class, and fewer than 2 or more than 256
 *   classes
 */
export async function readLabelledRows(files: readonly NamedFile[], kind: ExampleKind, options: ImportOptions): Promise<LabelledRows> {
  const planned = await planRows(files, kind, options);
  const read: { part: Part; file: string; row: Row }[] = [];
  for (const { table, part, columns, rows } of planned)
    for (const row of await readRows(table, columns, rows)) read.push({ part, file: table.name, row });
  const named = namesOf(planned, options.parquet);
  const classes = classesOf(
    named,
    read.map(({ row }) => row),
  );
  assertClassNumber(classes.names, sayLater('The Parquet files'));
  const rows = read.flatMap(({ part, file, row }) => (row.label === null ? [] : [{ part, row, label: classOf(file, row, classes) }]));
  const count = (part: Part) => rows.filter((one) => one.part === part).length;
  const tested = (['test', 'validation'] as const).find((part) => count(part) > 0 && count(part) < rows.length) ?? null;
  const without = read.length - rows.length;
  const there = planned.reduce((sum, { table }) => sum + table.counts.reduce((all, one) => all + one, 0), 0);
  return {
    classNames: classes.names,
    rows,
    tested,
    warnings: [
      ...(there > read.length
        ? [
            sayLater('{read, number} of {there, number} rows are used, from groups of rows at equal distances over each part.', {
              read: read.length,
              there,
            }),
          ]
        : []),
      ...(without > 0 ? [sayLater('{without, number} rows have no class and are left out.', { without })] : []),
    ],
  };
}

/** Whether rows of this part are for validation: where another part tests, and some are left to learn from. */
export const isForValidation = (part: Part, tested: LabelledRows['tested']): boolean => part === 'validation' && tested === 'test';

/** What helps where a class has no example. */
export const remedyOf = ({ parquet }: Pick<ImportOptions, 'parquet'>): Told | undefined =>
  typeof parquet?.most === 'number' ? sayLater('Take more rows of each split, or all.') : undefined;

const parts: readonly Part[] = ['train', 'test', 'validation'];

/** By the last word in the path that names a part: "data/train-00000-of-00002.parquet". */
function partOf(path: string): NamedPart | null {
  const words = path.split(/[^a-z]+/i).toReversed();
  return words.map(partOfWord).find((part) => part !== null) ?? null;
}

interface Classes {
  readonly names: readonly string[];
  /** Codes by what the files have in their column of labels. */
  readonly codes: ReadonlyMap<number | string, number>;
}

/** The classes that have names, or else all different labels in order. */
function classesOf(named: readonly string[] | null, rows: readonly Row[]): Classes {
  if (named) return { names: named, codes: new Map(named.map((_, code) => [code, code])) };
  const labels = [...new Set(rows.flatMap(({ label }) => label ?? []))];
  const ordered = labels.toSorted((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : `${a}` < `${b}` ? -1 : 1));
  return {
    names: ordered.map((label) => (typeof label === 'number' ? `class ${label}` : label)),
    codes: new Map(ordered.map((label, code) => [label, code])),
  };
}

function classOf(file: string, { label, place }: Row, { names, codes }: Classes): number {
  const code = codes.get(label as number | string);
  if (code === undefined)
    throw invalidData(
      file,
      sayLater('has the label {label} in {place}, but only {classes} classes have names. Mend the label, or use files of one data set.', {
        label: String(label),
        place,
        classes: names.length,
      }),
    );
  return code;
}
