/** A drawing in a place that scrolls: how large it is shown, and where. Lengths are pixels of the page. */

/** Text of the drawing has at least 10 pixels at this scale. */
export const READABLE = 0.8;
const LEAST = 0.2;
const MOST = 3;

export interface View {
  readonly scale: number;
  /** How far the place is scrolled. */
  readonly left: number;
  readonly top: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The scale at which the whole drawing is seen; it is never enlarged. */
export const wholeScale = (drawing: Size, width: number): number => Math.min(1, width / drawing.width);

/** The scale at first: as much as there is room for, but readable. A wider drawing scrolls. */
export const firstScale = (drawing: Size, width: number): number => Math.max(READABLE, wholeScale(drawing, width));

/**
 * The view at another scale, in which what was seen at a point stays there where scrolling allows it.
 * @param point in the place
 */
export function zoomed(view: View, factor: number, point: { readonly x: number; readonly y: number }, drawing: Size, room: Size): View {
  const scale = Math.min(MOST, Math.max(LEAST, view.scale * factor));
  const along = (at: number, scrolled: number, length: number, space: number) => {
    // A drawing smaller than its place stands in the middle of it.
    const margin = (of: number) => Math.max(0, (space - of * length) / 2);
    const place = (at + scrolled - margin(view.scale)) / view.scale;
    return Math.max(0, Math.min(scale * length - space, place * scale + margin(scale) - at));
  };
  return {
    scale,
    left: along(point.x, view.left, drawing.width, room.width),
    top: along(point.y, view.top, drawing.height, room.height),
  };
}
