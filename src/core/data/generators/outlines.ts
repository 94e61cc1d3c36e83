/** Outlines of figures in the plane. */
import { word } from '../../language/say';

export type Point = readonly [x: number, y: number];
/** Whether a point lies in a figure. */
export type Inside = (x: number, y: number) => boolean;

export const disc =
  (radius: number, cx = 0): Inside =>
  (x, y) =>
    (x - cx) ** 2 + y ** 2 <= radius ** 2;
export const box =
  (halfWidth: number, halfHeight: number): Inside =>
  (x, y) =>
    Math.abs(x) <= halfWidth && Math.abs(y) <= halfHeight;
const without =
  (a: Inside, b: Inside): Inside =>
  (x, y) =>
    a(x, y) && !b(x, y);
const either =
  (a: Inside, b: Inside): Inside =>
  (x, y) =>
    a(x, y) || b(x, y);

/** Even-odd rule. */
function polygon(points: readonly Point[]): Inside {
  return (x, y) => {
    let inside = false;
    let [px, py] = points.at(-1) as Point;
    for (const [qx, qy] of points) {
      if (qy > y !== py > y && x < ((px - qx) * (y - qy)) / (py - qy) + qx) inside = !inside;
      [px, py] = [qx, qy];
    }
    return inside;
  };
}

/** Points on circles around the origin; the radii alternate. */
function around(count: number, ...radii: number[]): Point[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count;
    const radius = radii[index % radii.length] as number;
    return [radius * Math.sin(angle), radius * Math.cos(angle)];
  });
}

/** Ten shapes of about unit radius around the origin. All have about the same area, so that size does not tell them apart. */
export const outlines: readonly (readonly [name: string, inside: Inside])[] = [
  [word('disc'), disc(0.78)],
  [word('ring'), without(disc(0.95), disc(0.58))],
  [word('square'), box(0.7, 0.7)],
  [word('triangle'), polygon(around(3, 1.08))],
  [word('star'), polygon(around(10, 1.12, 0.5))],
  [word('cross'), either(box(0.95, 0.3), box(0.3, 0.95))],
  [word('crescent'), without(disc(0.98), disc(0.8, 0.5))],
  [word('half disc'), (x, y) => y >= -0.4 && x ** 2 + (y + 0.4) ** 2 <= 1.08 ** 2],
  [word('bar'), box(1.15, 0.38)],
  [
    word('arrow'),
    either(
      polygon([
        [1.1, 0],
        [0.1, 0.85],
        [0.1, -0.85],
      ]),
      (x, y) => x >= -1 && x <= 0.1 && Math.abs(y) <= 0.28,
    ),
  ],
];

/** A unit figure moved to a centre, enlarged to a radius and turned by an angle in radians. */
export function placed(inside: Inside, cx: number, cy: number, radius: number, angle: number): Inside {
  const [cos, sin] = [Math.cos(angle) / radius, Math.sin(angle) / radius];
  return (x, y) => inside(cos * (x - cx) + sin * (y - cy), cos * (y - cy) - sin * (x - cx));
}
