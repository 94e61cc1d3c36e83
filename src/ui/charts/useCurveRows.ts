import { useEffect, useState } from 'react';
import type { Curve, Row } from '../../store/curve';
import { register, requestDraw } from './redraw';

/** The rows of some curves, renewed when they grow, no faster than the drawing schedule allows. */
export function useCurveRows(curves: readonly Curve[]): readonly (readonly Row[])[] {
  const [rows, setRows] = useState(() => curves.map((curve) => curve.rows()));
  useEffect(() => {
    const chart = { draw: () => setRows(curves.map((curve) => curve.rows())) };
    const ends = [register(chart), ...curves.map((curve) => curve.subscribe(() => requestDraw(chart)))];
    requestDraw(chart);
    return () => ends.forEach((end) => end());
  }, [curves]);
  return rows;
}
