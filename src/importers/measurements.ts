/** Reads measured times of whole networks from a CSV table with one network per line. */
import type { Measurement } from '../core/cost/fit/measurement';
import { unitSizes, type MeasuredUnits } from '../core/cost/fit/measuredUnits';
import { WorkbenchError } from '../core/errors';
import { sayLater, type Told } from '../core/language/told';
import { readCsv } from './csv';

const COLUMNS = ['network', 'latencyMs', 'energyUj'] as const;
type Column = (typeof COLUMNS)[number];

/**
 * The plausible range of one inference in milliseconds and microjoules: from a nanosecond to a day, and from a picojoule to a
 * megajoule.
 */
const POSSIBLE = {
  latencyMs: { least: 1e-6, most: 86_400_000 },
  energyUj: { least: 1e-6, most: 1e12 },
} as const;

/**
 * Reads a table with the columns network, latencyMs and, if energy was measured, energyUj, in any order.
 * @param units of its numbers
 * @throws WorkbenchError `invalid-setting` that names the line and what it should hold
 */
export function parseMeasurements(csv: string, { time, energy }: MeasuredUnits): Measurement[] {
  const [header, ...rows] = readCsv(csv);
  if (!header) throw problem(sayLater('The table of measurements is empty. It starts with a line "network,latencyMs".'));
  const columns = columnsOf(header.cells);
  if (rows.length === 0) throw problem(sayLater('The table of measurements has only its first line. Add a line for at least one network.'));
  return rows.map(({ number, cells }) => {
    const given = withoutEmptyEnd(cells, columns.length);
    if (given.length !== columns.length)
      throw problem(
        sayLater(
          'Line {number} has {count, plural, one {# cell} other {# cells}} where the first line has {wanted}. Cells may be empty, and numbers have a point, no comma.',
          { number, count: given.length, wanted: columns.length },
        ),
      );
    const cell = (column: Column) => given[columns.indexOf(column)] ?? '';
    if (cell('network') === '') throw problem(sayLater('Line {number} names no network.', { number }));
    return {
      network: cell('network'),
      latencyMs: measured(cell('latencyMs'), 'latencyMs', unitSizes.time[time], number),
      energyUj: cell('energyUj') === '' ? null : measured(cell('energyUj'), 'energyUj', unitSizes.energy[energy], number),
    };
  });
}

/** The columns in the table's order. Case does not matter. */
function columnsOf(cells: readonly string[]): Column[] {
  const named = withoutEmptyEnd(cells, 1);
  const columns = named.flatMap((cell) => COLUMNS.find((column) => column.toLowerCase() === cell.toLowerCase()) ?? []);
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice) throw problem(sayLater('The first line names the column {twice} twice. Leave one of them out.', { twice }));
  if (columns.length < named.length || !columns.includes('network') || !columns.includes('latencyMs'))
    throw problem(
      sayLater('The first line must name the columns network, latencyMs and perhaps energyUj, not "{named}".', { named: named.join(',') }),
    );
  return columns;
}

/**
 * Drops the empty cells that spreadsheets write after a table's last column. @param least number of cells that stay, empty or not
 */
function withoutEmptyEnd(cells: readonly string[], least: number): readonly string[] {
  return cells.slice(0, Math.max(least, cells.findLastIndex((cell) => cell !== '') + 1));
}

function measured(text: string, column: keyof typeof POSSIBLE, unit: number, number: number): number {
  if (/\d,\d/.test(text))
    throw problem(
      sayLater('Line {number}: {column} "{text}" has a comma, which may part thousands or decimals: write {forms}.', {
        number,
        column,
        text,
        forms: pointForms(text).reduce((one, other) => sayLater('{one} or {other}', { one, other })),
      }),
    );
  const value = text === '' ? NaN : rounded(unit * Number(text));
  if (!(value > 0)) throw problem(sayLater('Line {number}: {column} must be a number above 0, not "{text}".', { number, column, text }));
  const { least, most } = POSSIBLE[column];
  if (value < least || value > most)
    throw problem(
      sayLater('Line {number}: {column} must lie between {least} and {most}, not at {text}.', {
        ...{ number, column, least: rounded(least / unit), most: rounded(most / unit), text },
      }),
    );
  return value;
}

/** Removes the rounding errors in the last digits that a change of units causes. */
const rounded = (value: number) => Number(value.toPrecision(12));

/** The plausible readings of a number with a comma, written with a point: "317,864" is 317864 or 317.864, "0,5" is 0.5. */
function pointForms(text: string): Told[] {
  const digits = (part: string) => part.replace(/[^\d-]/g, '');
  const cut = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'));
  const decimal = `${digits(text.slice(0, cut))}.${digits(text.slice(cut))}`;
  if (/^[1-9]\d{0,2},\d{3}$/.test(text)) return [digits(text), decimal];
  return /^[1-9]\d{0,2}(,\d{3}){2,}$/.test(text) ? [digits(text)] : [decimal];
}

function problem(message: Told): WorkbenchError {
  return new WorkbenchError('invalid-setting', message);
}
