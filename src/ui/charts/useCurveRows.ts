import { useCallback, useEffect, useState, type RefObject } from 'react';
import type { Curve, Row, StepRange } from '../../store/curve';
import { register, requestDraw, setVisible } from './redraw';
import { useShownRange } from './timeAxis';

export interface ShownRows {
  /** Of each curve. */
  readonly rows: readonly (readonly Row[])[];
  /** The steps that they are of; null for all. */
  readonly range: StepRange | null;
}

/**
 * The rows of some curves in the steps that charts show.
 * @param place the element that shows them
 * @param most rows of each curve, by default as many as a chart draws
 */
export function useCurveRows(curves: readonly Curve[], place: RefObject<Element | null>, most?: number): ShownRows {
  const range = useShownRange();
  const read = useCallback((): ShownRows => ({ rows: curves.map((curve) => curve.rows(range, most)), range }), [curves, range, most]);
  return useScheduled(curves, place, read);
}

/** The newest values of each curve; undefined where there are none. @param place the element that shows them */
export function useNewest(curves: readonly Curve[], place: RefObject<Element | null>): readonly (readonly number[] | undefined)[] {
  const read = useCallback(() => curves.map(({ newest }) => newest?.values), [curves]);
  return useScheduled(curves, place, read);
}

/**
 * What is read of some curves. It is read again when one of them grows and when something else is to be read, as often as the drawing
 * schedule allows, so that many charts do not all draw in one frame.
 */
function useScheduled<Read>(curves: readonly Curve[], place: RefObject<Element | null>, read: () => Read): Read {
  const [shown, setShown] = useState(read);
  useEffect(() => {
    const chart = { draw: () => setShown(read) };
    const observer = new IntersectionObserver(([entry]) => setVisible(chart, entry?.isIntersecting ?? true));
    const ends = [register(chart), ...curves.map((curve) => curve.subscribe(() => requestDraw(chart))), () => observer.disconnect()];
    if (place.current) observer.observe(place.current);
    requestDraw(chart);
    return () => ends.forEach((end) => end());
  }, [curves, place, read]);
  return shown;
}
