import { useLayoutEffect, useState, type RefObject } from 'react';
import { useGestures } from './useGestures';
import { firstScale, wholeScale, zoomed, type Size, type View } from './zoom';

export interface Zoom {
  readonly scale: number;
  /** Height of the place. It stays as it is when the drawing is zoomed, so that nothing below moves. */
  readonly height: number;
  /** @param point where what is seen stays, in the place; its middle by default */
  readonly by: (factor: number, point?: { readonly x: number; readonly y: number }) => void;
  /** Shows the whole drawing. */
  readonly fit: () => void;
}

/** Room for a scroll bar below the drawing. */
const SCROLL_BAR = 14;

/** The zoom of a drawing in a place that scrolls. Until a person zooms, it follows the width of the place. @param allOfIt whether it shows all of it then */
export function useZoom(place: RefObject<HTMLElement | null>, { width, height }: Size, allOfIt: boolean): Zoom {
  const [room, setRoom] = useState(width);
  const [chosen, setChosen] = useState<{ readonly view: View; readonly of: number } | null>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  const first = (allOfIt ? wholeScale : firstScale)({ width, height }, room);
  // Another drawing begins with a view of its own.
  const view = chosen?.of === width ? chosen.view : null;
  const scale = view?.scale ?? first;
  const ownHeight = first * height + (first * width > room ? SCROLL_BAR : 0);
  useLayoutEffect(() => {
    if (view) place.current?.scrollTo({ left: view.left, top: view.top, behavior: 'instant' });
  }, [place, view]);
  const by: Zoom['by'] = (factor, point) => {
    const element = place.current;
    if (!element) return;
    const size = { width: element.clientWidth, height: element.clientHeight };
    const now = { scale, left: element.scrollLeft, top: element.scrollTop };
    const at = point ?? { x: size.width / 2, y: size.height / 2 };
    setChosen({ view: zoomed(now, factor, at, { width, height }, size), of: width });
  };
  const fit = () => {
    const whole = wholeScale({ width, height }, room);
    setChosen(whole < first ? { view: { scale: whole, left: 0, top: 0 }, of: width } : null);
  };
  useGestures(place, by);
  return { scale, height: ownHeight, by, fit };
}
