/** Tables of comma-separated values as spreadsheets write them. */
import Papa from 'papaparse';
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';

interface CsvLine {
  /** Counted from 1, empty lines included. */
  readonly number: number;
  /** Cells, without the spaces around them. */
  readonly cells: readonly string[];
}

/** Separators of cells. Semicolons occur in locales with a decimal comma, tabs in "Unicode text". */
const separators = /[,;\t]/;

/**
 * The lines of a table that are not empty. The first separator in the text (a comma, a semicolon or a tab) applies to the whole
 * table. Lines end in CR, LF or both.
 * @throws WorkbenchError `invalid-setting` for quotes that are not closed, or closed too early
 */
export function readCsv(text: string): CsvLine[] {
  const { data, errors } = Papa.parse(text.replace(/\r\n?/g, '\n'), { delimiter: separators.exec(text)?.[0] ?? ',', newline: '\n' });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('Line {row}: a quote is not closed at the end of its cell. Close it, or write the cell without quotes.', {
        row: (broken.row ?? 0) + 1,
      }),
    );
  return data
    .map((cells, index) => ({ number: index + 1, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}
