import { say } from '../../core/language/say';
import { cellText, shownRows, type TableOfChart } from './tableOfChart';

/** The numbers of a chart, for reading and for screen readers. */
export function ChartTable({ name, table }: { name: string; table: TableOfChart }) {
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={say('{title}, table', { title: name })}>
      <table>
        <caption className="visually-hidden">
          {table.inTime ? say('{title} over training steps, newest first', { title: name }) : name}
        </caption>
        <thead>
          <tr>
            {table.head.map((label, column) => (
              <th scope="col" key={column}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shownRows(table).map(([first, ...values], index) => (
            <tr key={index}>
              <th scope="row">{first}</th>
              {values.map((value, column) => (
                <td key={column}>{cellText(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
