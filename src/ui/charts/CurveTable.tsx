import type { ChartRow, LineSpec } from './CurveChart';
import { shortNumber } from './CurveChart';

/** The most rows that are shown, since a table of every step would be hard to read. */
const ROWS = 60;

/** The numbers of a chart, for reading and for screen readers; the newest are at the top. */
export function CurveTable({ name, lines, data }: { name: string; lines: readonly LineSpec[]; data: readonly ChartRow[] }) {
  const every = Math.ceil(data.length / ROWS);
  const shown = data.filter((_, index) => (data.length - 1 - index) % every === 0).toReversed();
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={`${name}, table`}>
      <table>
        <caption className="visually-hidden">{name} over training steps, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            {lines.map(({ label }) => (
              <th scope="col" key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.step}>
              <th scope="row">{row.step}</th>
              {lines.map(({ label }, index) => {
                const value = row[index];
                return <td key={label}>{value === undefined ? '' : preciseNumber(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Enough digits to compare two runs by eye. */
function preciseNumber(value: number): string {
  return Math.abs(value) >= 1000 ? shortNumber(value) : value.toPrecision(5);
}
