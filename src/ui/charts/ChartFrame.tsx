import { useRef, useState, type ReactNode, type RefObject } from 'react';
import { say } from '../../core/language/say';
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
  /** Makes the table of all numbers, in the language in use, for a file. */
  readonly allNumbers: () => TableOfChart;
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
  const name = unit ? say('{title} ({unit})', { title, unit }) : title;
  const shown = asTable ? table : null;
  return (
    <figure className="chart" ref={figure}>
      <figcaption>
        <span className="chart-title">{name}</span>
        <button
          className="link"
          // Names with the words that are seen, by which people who speak to their machine press it.
          aria-label={asTable ? say('Show chart of {title}', { title }) : say('Show table of {title}', { title })}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? say('Chart') : say('Table')}
        </button>
        <ChartMenu title={title} name={name} figure={figure} drawn={shown === null} numbers={table && allNumbers}>
          {zooming}
        </ChartMenu>
      </figcaption>
      {legend && <ul className="legend">{legend}</ul>}
      {shown ? <ChartTable name={name} table={shown} /> : children}
      {note}
    </figure>
  );
}
