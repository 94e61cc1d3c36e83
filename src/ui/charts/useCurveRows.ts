import { useEffect, useState, type RefObject } from 'react';
import type { Curve, Row } from '../../store/curve';
import { register, requestDraw, setVisible } from './redraw';

/**
 * The rows of some curves. They are renewed when a curve grows, as often as the drawing schedule allows.
 * @param place the element that shows them
 */
export function useCurveRows(curves: readonly Curve[], place: RefObject<Element | null>): readonly (readonly Row[])[] {
  const [rows, setRows] = useState(() => curves.map((curve) => curve.rows()));
  useEffect(() => {
    const chart = { draw: () => setRows(curves.map((curve) => curve.rows())) };
    const observer = new IntersectionObserver(([entry]) => setVisible(chart, entry?.isIntersecting ?? true));
    const ends = [register(chart), ...curves.map((curve) => curve.subscribe(() => requestDraw(chart))), () => observer.disconnect()];
    if (place.current) observer.observe(place.current);
    requestDraw(chart);
    return () => ends.forEach((end) => end());
  }, [curves, place]);
  return rows;
}
