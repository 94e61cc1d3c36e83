/**
 * The built-in pictures: synthetic 32x32 colour pictures of ten classes of shapes. Position, size, rotation, colours, texture,
 * clutter and noise are random and independent of the class, so that a classifier has to find the outline.
 */
import { createRandom, type Random } from '../random';
import { pictureWords, type Dataset, type Examples } from './dataset';

export const SIDE = 32;
const CHANNELS = 3;
/** Samples along each side of a pixel, for smooth edges. */
const SAMPLES = 2;
/** Least difference in lightness between figure and ground. */
const LEAST_CONTRAST = 0.3;
/** Largest distance of a shape from the centre along each axis, in pixels, and largest turn either way, in radians. */
const SHIFT = 5.5;
const ROTATION = Math.PI / 5;

type Point = readonly [x: number, y: number];
/** Whether a point lies in a shape of about unit radius around the origin. */
type Inside = (x: number, y: number) => boolean;

const disc =
  (radius: number, cx = 0): Inside =>
  (x, y) =>
    (x - cx) ** 2 + y ** 2 <= radius ** 2;
const box =
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

/** Shapes by class. All have about the same area, so that size does not reveal the class. */
const outlines: readonly (readonly [name: string, inside: Inside])[] = [
  ['disc', disc(0.78)],
  ['ring', without(disc(0.95), disc(0.58))],
  ['square', box(0.7, 0.7)],
  ['triangle', polygon(around(3, 1.08))],
  ['star', polygon(around(10, 1.12, 0.5))],
  ['cross', either(box(0.95, 0.3), box(0.3, 0.95))],
  ['crescent', without(disc(0.98), disc(0.8, 0.5))],
  ['half disc', (x, y) => y >= -0.4 && x ** 2 + (y + 0.4) ** 2 <= 1.08 ** 2],
  ['bar', box(1.15, 0.38)],
  [
    'arrow',
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

export const shapeNames: readonly string[] = outlines.map(([name]) => name);

/**
 * The built-in data set. The same counts and seed give the same pictures; a longer set starts with the shorter one.
 */
export function shapeDataset(trainCount: number, testCount: number, seed = 1): Dataset {
  return {
    name: 'Built-in shapes',
    words: pictureWords,
    synthetic: true,
    shape: [SIDE, SIDE, CHANNELS],
    classNames: shapeNames,
    warnings: [],
    train: drawPictures(trainCount, createRandom(seed, 'shapes, train')),
    test: drawPictures(testCount, createRandom(seed, 'shapes, test')),
  };
}

function drawPictures(count: number, random: Random): Examples {
  const size = SIDE * SIDE * CHANNELS;
  const values = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const label = random.integer(outlines.length);
    labels[index] = label;
    drawPicture(values.subarray(index * size, (index + 1) * size), (outlines[label] as (typeof outlines)[number])[1], random);
  }
  return { count, values, labels };
}

/** Colour as red, green, blue in 0..1. */
type Colour = readonly [number, number, number];
type Paint = (x: number, y: number) => Colour;

function drawPicture(target: Uint8Array, inside: Inside, random: Random): void {
  const canvas = new Float32Array(target.length);
  const { ground, figure } = contrastingColours(random);
  fill(canvas, () => true, texture(ground, random));
  for (let piece = random.integer(4); piece > 0; piece--) fill(canvas, clutter(random), texture(randomColour(random), random));
  fill(canvas, place(inside, random), texture(figure, random));
  const noise = 0.02 + 0.05 * random.uniform();
  canvas.forEach((value, index) => {
    target[index] = Math.max(0, Math.min(255, Math.round(255 * (value + noise * random.normal()))));
  });
}

function randomColour(random: Random): Colour {
  return [random.uniform(), random.uniform(), random.uniform()];
}

/** Two colours that can be told apart, though not always easily; the figure's is the lighter one. */
function contrastingColours(random: Random): { ground: Colour; figure: Colour } {
  for (;;) {
    const [ground, figure] = [randomColour(random), randomColour(random)];
    if (luminance(figure) - luminance(ground) > LEAST_CONTRAST) return { ground, figure };
  }
}

/** Weights of red, green and blue in perceived lightness. Source: ITU-R BT.601. */
const luminance = ([red, green, blue]: Colour) => 0.299 * red + 0.587 * green + 0.114 * blue;

/** Stripes of random direction, width and strength over a base colour. */
function texture(base: Colour, random: Random): Paint {
  const angle = Math.PI * random.uniform();
  const frequency = 0.2 + 1.3 * random.uniform();
  const strength = 0.14 * random.uniform();
  const phase = 2 * Math.PI * random.uniform();
  const [fx, fy] = [frequency * Math.cos(angle), frequency * Math.sin(angle)];
  return (x, y) => {
    const shade = strength * Math.sin(fx * x + fy * y + phase);
    return [base[0] + shade, base[1] + shade, base[2] + shade];
  };
}

/** Moves a unit shape to a random place, size and rotation in the picture, in pixels. */
function place(inside: Inside, random: Random): Inside {
  const radius = 7.5 + 4 * random.uniform();
  const cx = SIDE / 2 + SHIFT * (2 * random.uniform() - 1);
  const cy = SIDE / 2 + SHIFT * (2 * random.uniform() - 1);
  const angle = ROTATION * (2 * random.uniform() - 1);
  const [cos, sin] = [Math.cos(angle) / radius, Math.sin(angle) / radius];
  return (x, y) => inside(cos * (x - cx) + sin * (y - cy), cos * (y - cy) - sin * (x - cx));
}

/** A thin bar or a small disc somewhere. */
function clutter(random: Random): Inside {
  const [cx, cy] = [SIDE * random.uniform(), SIDE * random.uniform()];
  const angle = Math.PI * random.uniform();
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const piece = random.integer(2) === 0 ? disc(1 + 2 * random.uniform()) : box(2 + 8 * random.uniform(), 0.4 + 0.8 * random.uniform());
  return (x, y) => piece(cos * (x - cx) + sin * (y - cy), cos * (y - cy) - sin * (x - cx));
}

/** Paints a shape over the picture, covering each pixel by the share of its samples inside the shape. */
function fill(canvas: Float32Array, inside: Inside, paint: Paint): void {
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) {
      let hits = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const x = column + ((sample % SAMPLES) + 0.5) / SAMPLES;
        const y = row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
        if (inside(x, y)) hits += 1;
      }
      if (hits === 0) continue;
      const cover = hits / (SAMPLES * SAMPLES);
      const colour = paint(column, row);
      const at = (row * SIDE + column) * CHANNELS;
      for (let channel = 0; channel < CHANNELS; channel++)
        canvas[at + channel] = (1 - cover) * (canvas[at + channel] as number) + cover * (colour[channel] as number);
    }
}
