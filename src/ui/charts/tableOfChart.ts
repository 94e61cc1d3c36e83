import { preciseNumber } from './numbers';

/** The numbers of a chart. */
export interface TableOfChart {
  readonly head: readonly string[];
  /** The first column names the row; undefined where there is no value. */
  readonly rows: readonly (readonly (string | number | undefined)[])[];
  /** Whether rows follow each other in time; then the newest is read first. */
  readonly inTime?: boolean;
}

/** Comma-separated values as RFC 4180 has them, with all digits. */
export function csvOf({ head, rows }: TableOfChart): string {
  return [head, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';
}

function csvCell(value: string | number | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The most rows that are shown, since a table of every step would be hard to read. */
const MOST_SHOWN = 60;

/** Rows to read: evenly thinned if they are many, the newest first if they follow each other in time. */
export function shownRows({ rows, inTime = false }: TableOfChart): TableOfChart['rows'] {
  if (!inTime) return rows;
  const every = Math.ceil(rows.length / MOST_SHOWN);
  return rows.filter((_, index) => (rows.length - 1 - index) % every === 0).toReversed();
}

export function cellText(value: string | number | undefined): string {
  return typeof value === 'number' ? preciseNumber(value) : (value ?? '');
}
