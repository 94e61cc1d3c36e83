import { useRef, useState, type ReactNode, type RefObject } from 'react';
import { ChartMenu } from './ChartMenu';
import { ChartTable } from './ChartTable';
import type { TableOfChart } from './tableOfChart';
import './charts.css';

interface ChartFrameProps {
  readonly title: string;
  readonly unit?: string;
  /** Items of a list, each a small drawing and a text. */
  readonly legend?: ReactNode;
  /** The numbers that are shown; null while there are none. */
  readonly table: TableOfChart | null;
  /** All numbers, where the table has some of them. */
  readonly allNumbers?: () => TableOfChart;
  /** Further buttons of the menu. */
  readonly zooming?: ReactNode;
  readonly place?: RefObject<HTMLElement | null>;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** What every chart has: a title, a legend, its numbers as a table, and a menu to save it. */
export function ChartFrame({ title, unit = '', legend, table, allNumbers, zooming, place, note, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const own = useRef<HTMLElement>(null);
  const figure = place ?? own;
  const name = unit ? `${title} (${unit})` : title;
  const shown = asTable ? table : null;
  return (
    <figure className="chart" ref={figure}>
      <figcaption>
        <span className="chart-title">{name}</span>
        <button
          className="link"
          aria-expanded={asTable}
          aria-label={`${asTable ? 'Hide' : 'Show'} table of ${title}`}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Chart' : 'Table'}
        </button>
        <ChartMenu title={title} name={name} figure={figure} drawn={shown === null} numbers={table && (allNumbers ?? (() => table))}>
          {zooming}
        </ChartMenu>
      </figcaption>
      {legend && <ul className="legend">{legend}</ul>}
      {shown ? <ChartTable name={name} table={shown} /> : children}
      {note}
    </figure>
  );
}
