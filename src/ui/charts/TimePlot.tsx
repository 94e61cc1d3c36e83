/** The plot of a chart over steps: phases shaded, marks, the step that is pointed at in any chart, and zooming by dragging or keys. */
import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { say } from '../../core/language/say';
import type { Curve, StepRange } from '../../store/curve';
import type { Mark } from '../../store/curves';
import type { Scales } from './Axes';
import { wholeOf } from './chartRows';
import { LazyAxes } from './LazyAxes';
import { MARGIN, NAMED_TOP, Y_WIDTH } from './layout';
import { PhaseNames, Phases, PlotMarks } from './PlotMarks';
import { PointedLine, Readout, stepText, type Described } from './Pointed';
import { closer, further, rangeBetween, usePointedStep, useTimeAxis } from './timeAxis';
import { usePeriods } from './usePeriods';

interface TimePlotProps {
  readonly title: string;
  /** What it shows. */
  readonly curves: readonly Curve[];
  /** The steps that are shown; null for all of the curves, so far and planned. */
  readonly range: StepRange | null;
  readonly high: number;
  readonly height: number;
  readonly yWidth?: number;
  readonly yTicks?: readonly number[];
  readonly marks?: readonly Mark[];
  /** Whether the names of phases stand above the area. */
  readonly named?: boolean;
  readonly empty: boolean;
  /** Draws the values within the area of the plot. */
  readonly draw: (scales: Scales) => ReactNode;
  /** Draws beside the area. */
  readonly drawBeside?: (scales: Scales) => ReactNode;
  /** The values at a step. */
  readonly valuesAt: (step: number) => readonly Described[];
}

/** Pixels that a pointer moves before it drags. */
const DRAGGED = 5;
/** The share of the shown steps that an arrow key moves. */
const KEY_SHARE = 0.01;

export function TimePlot({
  title,
  curves,
  range,
  high,
  height,
  yWidth = Y_WIDTH,
  yTicks,
  marks,
  named = false,
  empty,
  draw,
  drawBeside,
  valuesAt,
}: TimePlotProps) {
  const axis = useTimeAxis();
  const periods = usePeriods();
  const whole = wholeOf(curves);
  const shown = range ?? whole;
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const { from, to } = shown;
  const placeOf = ({ clientX, currentTarget }: PointerEvent) => clientX - currentTarget.getBoundingClientRect().left;
  const stepAt = (x: number, { currentTarget }: PointerEvent) => {
    const share = (x - yWidth) / (currentTarget.getBoundingClientRect().width - yWidth - MARGIN.right);
    return Math.round(from + Math.min(1, Math.max(0, share)) * (to - from));
  };
  const onPointerMove = (event: PointerEvent) => {
    axis.point(stepAt(placeOf(event), event));
    if (drag) setDrag({ ...drag, to: placeOf(event) });
  };
  const onPointerUp = (event: PointerEvent) => {
    if (drag && Math.abs(drag.to - drag.from) > DRAGGED) axis.zoom(rangeBetween(stepAt(drag.from, event), stepAt(drag.to, event)));
    setDrag(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = axis.store.getState().step ?? to;
    const move = Math.max(1, Math.round((event.shiftKey ? 10 : 1) * KEY_SHARE * (to - from)));
    const point = (next: number) => axis.point(Math.min(to, Math.max(from, next)));
    if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') point(step - move);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowUp') point(step + move);
    else if (event.key === 'Home') point(from);
    else if (event.key === 'End') point(to);
    else if (event.key === '+' || event.key === '=') axis.zoom(closer(shown, step));
    else if (event.key === '-') axis.zoom(further(shown, whole));
    else if (event.key === '0') axis.zoom(null);
    else return;
    event.preventDefault();
  };
  const drawn = (scales: Scales) => (
    <>
      <Phases periods={periods} shown={shown} scales={scales} />
      {named && <PhaseNames periods={periods} shown={shown} scales={scales} />}
      <Clip scales={scales}>{draw(scales)}</Clip>
      {drawBeside?.(scales)}
      {marks && <PlotMarks marks={marks} shown={shown} scales={scales} above={!named} />}
      <PointedLine shown={shown} scales={scales} />
    </>
  );
  return (
    <PlotSlider title={title} shown={shown} valuesAt={valuesAt} onKeyDown={onKeyDown}>
      <div
        className="plot over-time"
        onPointerDown={(event) => {
          if (event.button === 0 && event.pointerType !== 'touch') setDrag({ from: placeOf(event), to: placeOf(event) });
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => {
          axis.point(null);
          setDrag(null);
        }}
        onDoubleClick={() => axis.zoom(null)}
        aria-hidden="true"
      >
        {empty && <p className="empty">{say('No values yet')}</p>}
        {/* The axes are mounted before there is data, since mounting takes long and would delay a training run. */}
        <LazyAxes
          steps
          from={from}
          to={to}
          high={high}
          height={height}
          yWidth={yWidth}
          draw={drawn}
          {...(marks && { top: NAMED_TOP })}
          {...(yTicks && { yTicks })}
        />
        {drag && Math.abs(drag.to - drag.from) > DRAGGED && (
          <div className="dragged" style={{ left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }} />
        )}
        {!empty && <Readout shown={shown} valuesAt={valuesAt} />}
      </div>
    </PlotSlider>
  );
}

interface PlotSliderProps extends Pick<TimePlotProps, 'title' | 'valuesAt'> {
  readonly shown: StepRange;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}

/** The plot for keyboards and screen readers: a slider over its steps, which reads out the values at one. */
function PlotSlider({ title, shown: { from, to }, valuesAt, onKeyDown, children }: PlotSliderProps) {
  const step = usePointedStep();
  const axis = useTimeAxis();
  const periods = usePeriods();
  const [focused, setFocused] = useState(false);
  const at = Math.min(to, Math.max(from, step ?? to));
  // What changes with every move of a pointer is written for the focused chart only.
  const said = focused && step !== null ? valuesAt(step).map(({ label, text }) => `${label} ${text}`) : [];
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={say('Step in {title}', { title })}
      aria-keyshortcuts="ArrowLeft ArrowRight Home End + - 0"
      aria-valuemin={from}
      aria-valuemax={to}
      aria-valuenow={focused ? at : to}
      aria-valuetext={[stepText(focused ? at : to, periods), ...said].join(say(', '))}
      onKeyDown={onKeyDown}
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setFocused(false);
        axis.point(null);
      }}
    >
      {children}
    </div>
  );
}

/** Keeps what is drawn within the area; a line along its edge stays whole. */
function Clip({ scales: { left, right, top, bottom }, children }: { scales: Scales; children: ReactNode }) {
  const [x, y, width, height] = [left, top - 2, Math.max(0, right - left), Math.max(0, bottom - top + 4)];
  return (
    <svg x={x} y={y} width={width} height={height} viewBox={`${x} ${y} ${width} ${height}`}>
      {children}
    </svg>
  );
}
