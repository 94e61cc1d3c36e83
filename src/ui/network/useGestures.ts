import { useEffect, useRef, type RefObject } from 'react';
import type { Zoom } from './useZoom';

/** Pixels that a pressed pointer moves before it drags; less is a click. */
const DRAG = 4;
/** A turn of a mouse wheel by 100 pixels zooms by about a fifth. */
const PER_PIXEL = 0.002;

/** Wheel with Ctrl (as which browsers report the pinch of a touchpad too) and pinch zoom, a mouse drags. A finger scrolls natively. */
export function useGestures(place: RefObject<HTMLElement | null>, by: Zoom['by']): void {
  /** Between two fingers, in pixels; 0 before they have moved. */
  const apart = useRef(0);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const inPlace = (x: number, y: number) => {
      const { left, top } = element.getBoundingClientRect();
      return { x: x - left, y: y - top };
    };
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      by(Math.exp(-PER_PIXEL * event.deltaY), inPlace(event.clientX, event.clientY));
    };
    const touch = (event: TouchEvent) => {
      const [one, other] = event.touches;
      if (!one || !other) return;
      event.preventDefault();
      const now = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      if (event.type === 'touchmove' && apart.current > 0)
        by(now / apart.current, inPlace((one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2));
      apart.current = now;
    };
    element.addEventListener('wheel', wheel, { passive: false });
    element.addEventListener('touchstart', touch, { passive: false });
    element.addEventListener('touchmove', touch, { passive: false });
    return () => {
      element.removeEventListener('wheel', wheel);
      element.removeEventListener('touchstart', touch);
      element.removeEventListener('touchmove', touch);
    };
  }, [place, by]);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let from: { readonly x: number; readonly y: number; readonly left: number; readonly top: number } | null = null;
    let dragged = false;
    const down = (event: PointerEvent) => {
      dragged = false;
      if (event.pointerType === 'touch' || event.button !== 0) return;
      from = { x: event.clientX, y: event.clientY, left: element.scrollLeft, top: element.scrollTop };
    };
    const move = (event: PointerEvent) => {
      if (!from) return;
      const [right, under] = [event.clientX - from.x, event.clientY - from.y];
      dragged ||= Math.hypot(right, under) > DRAG;
      if (dragged) element.scrollTo({ left: from.left - right, top: from.top - under, behavior: 'instant' });
    };
    const up = () => (from = null);
    // What ends a drag is no click on the layer under it.
    const click = (event: MouseEvent) => {
      if (dragged) event.stopPropagation();
      dragged = false;
    };
    element.addEventListener('pointerdown', down);
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    element.addEventListener('click', click, { capture: true });
    return () => {
      element.removeEventListener('pointerdown', down);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      element.removeEventListener('click', click, { capture: true });
    };
  }, [place]);
}
