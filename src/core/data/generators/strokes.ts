/** Limbs, ellipses and polygons with smooth edges. Lengths are in pixels, rows run downwards, angles are in radians. */
import type { Canvas, Colour, Paint } from './canvas';
import type { Point } from './outlines';

/** The share of a pixel inside an edge, from the distance of its centre to the edge, which is negative inside. */
const within = (distance: number) => Math.max(0, Math.min(1, 0.5 - distance));

const plain =
  (colour: Colour): Paint =>
  () =>
    colour;
const paintOf = (paint: Colour | Paint): Paint => (typeof paint === 'function' ? paint : plain(paint));

/** A limb: from a disc of one radius to a disc of another one. */
export function limb(
  canvas: Canvas,
  [ax, ay]: Point,
  [bx, by]: Point,
  startRadius: number,
  endRadius: number,
  paint: Colour | Paint,
): void {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy || 1;
  const reach = Math.max(startRadius, endRadius) + 1;
  const cover = (column: number, row: number) => {
    const px = column + 0.5 - ax;
    const py = row + 0.5 - ay;
    const share = Math.max(0, Math.min(1, (px * dx + py * dy) / squared));
    return within(Math.sqrt((px - share * dx) ** 2 + (py - share * dy) ** 2) - (startRadius + share * (endRadius - startRadius)));
  };
  canvas.paint(cover, paintOf(paint), {
    left: Math.min(ax, bx) - reach,
    right: Math.max(ax, bx) + reach,
    top: Math.min(ay, by) - reach,
    bottom: Math.max(ay, by) + reach,
  });
}

export function ellipse(canvas: Canvas, [cx, cy]: Point, radiusX: number, radiusY: number, paint: Colour | Paint): void {
  const cover = (column: number, row: number) => {
    const distance = Math.sqrt(((column + 0.5 - cx) / radiusX) ** 2 + ((row + 0.5 - cy) / radiusY) ** 2) - 1;
    return within(distance * Math.min(radiusX, radiusY));
  };
  canvas.paint(cover, paintOf(paint), { left: cx - radiusX - 1, right: cx + radiusX + 1, top: cy - radiusY - 1, bottom: cy + radiusY + 1 });
}

/** A convex polygon; its corners follow each other clockwise on the screen. */
export function polygon(canvas: Canvas, corners: readonly Point[], paint: Colour | Paint): void {
  const edges = corners.map(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length] as Point;
    const length = Math.hypot(nextX - x, nextY - y) || 1;
    return { x, y, normalX: (nextY - y) / length, normalY: (x - nextX) / length };
  });
  const cover = (column: number, row: number) => {
    let distance = -Infinity;
    for (const { x, y, normalX, normalY } of edges) distance = Math.max(distance, (column + 0.5 - x) * normalX + (row + 0.5 - y) * normalY);
    return within(distance);
  };
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  canvas.paint(cover, paintOf(paint), {
    left: Math.min(...xs) - 1,
    right: Math.max(...xs) + 1,
    top: Math.min(...ys) - 1,
    bottom: Math.max(...ys) + 1,
  });
}

/** An upright rectangle. */
export const block = (canvas: Canvas, left: number, top: number, right: number, bottom: number, paint: Colour | Paint) =>
  polygon(
    canvas,
    [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ],
    paint,
  );

export const darker = ([red, green, blue]: Colour, share: number): Colour => [red * share, green * share, blue * share];
export const blended = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** A colour under light from one side: lighter left of the middle by a share of itself per radius, darker right of it. */
export const lit =
  (colour: Colour, middle: number, radius: number, light: number): Paint =>
  (x) =>
    darker(colour, 1 + light * Math.max(-1, Math.min(1, (middle - x) / radius)));
