import { useLayoutEffect, useState, type RefObject } from 'react';

/** The screen that the sizes of the page are made for, in pixels: a larger one shows everything larger. */
const MADE_FOR = { width: 1000, height: 580 };
/** Type is large even on a small projector; a phone has no room for that. */
const LEAST_SCALE = 1.3;
const NARROW = 760;

/** How many times larger than on the page everything is, and the height that is left for a chart, in pixels before scaling. */
export function useRoom(chart: RefObject<HTMLElement | null>): { readonly scale: number; readonly chartHeight: number } {
  const [scale, setScale] = useState(scaleNow);
  const [chartHeight, setChartHeight] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      setScale(scaleNow());
      setChartHeight(chart.current?.clientHeight ?? 0);
    };
    const observer = new ResizeObserver(measure);
    if (chart.current) observer.observe(chart.current);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [chart]);
  return { scale, chartHeight };
}

function scaleNow(): number {
  if (innerWidth < NARROW) return 1;
  return Math.max(LEAST_SCALE, Math.min(innerWidth / MADE_FOR.width, innerHeight / MADE_FOR.height));
}
