import { useRef } from 'react';
import { say } from '../../core/language/say';
import type { Curve } from '../../store/curve';
import { useCurveRows } from '../charts/useCurveRows';
import { useMemo } from '../language/memo';

export interface HistoryLine {
  readonly curve: Curve;
  readonly column: number;
  readonly colour: string;
}

const [WIDTH, HEIGHT] = [260, 54];

/** Small lines of values over steps; the numbers are in the charts of the page. @param top the value at the upper end */
export function History({ lines, top }: { lines: readonly HistoryLine[]; top: number }) {
  const place = useRef<HTMLDivElement>(null);
  const curves = useMemo(() => [...new Set(lines.map(({ curve }) => curve))], [lines]);
  const { rows } = useCurveRows(curves, place);
  const from = Math.min(...rows.map((some) => some[0]?.step ?? Infinity));
  const to = Math.max(from + 1, ...rows.map((some) => some.at(-1)?.step ?? 0));
  const empty = rows.every((some) => some.length === 0);
  return (
    <div className="history" ref={place}>
      {empty ? (
        <p className="hint">{say('Their history will be drawn here while a search runs.')}</p>
      ) : (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
          {lines.map(({ curve, column, colour }, index) => (
            <polyline
              key={index}
              stroke={colour}
              points={(rows[curves.indexOf(curve)] ?? [])
                .map(({ step, values }) => {
                  const across = ((step - from) / (to - from)) * WIDTH;
                  return `${across.toFixed(1)},${(HEIGHT - 1 - ((values[column] ?? 0) / top) * (HEIGHT - 2)).toFixed(1)}`;
                })
                .join(' ')}
            />
          ))}
        </svg>
      )}
    </div>
  );
}
