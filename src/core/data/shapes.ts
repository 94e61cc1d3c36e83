/**
 * The built-in pictures: synthetic 32x32 colour pictures of ten classes of shapes. Position, size, rotation, colours, texture,
 * clutter and noise are random and independent of the class, so that a classifier has to find the outline.
 */
import { word } from '../language/say';
import { sayLater } from '../language/told';
import { createRandom, type Random } from '../random';
import { pictureWords, type Dataset, type Examples } from './dataset';
import { Canvas, CHANNELS, coverOf, luminance, randomColour, type Colour, type Paint } from './generators/canvas';
import { box, disc, outlines, placed, type Inside } from './generators/outlines';

export const SIDE = 32;
/** Least difference in lightness between figure and ground. */
const LEAST_CONTRAST = 0.3;
/** Largest distance of a shape from the centre along each axis, in pixels, and largest turn either way, in radians. */
const SHIFT = 5.5;
const ROTATION = Math.PI / 5;

export const shapeNames: readonly string[] = outlines.map(([name]) => name);

/**
 * The built-in data set. The same counts and seed give the same pictures; a longer set starts with the shorter one.
 */
export function shapeDataset(trainCount: number, testCount: number, seed = 1): Dataset {
  return {
    name: word('Built-in shapes'),
    words: pictureWords,
    synthetic: true,
    shape: [SIDE, SIDE, CHANNELS],
    classNames: shapeNames,
    texts: { classes: shapeNames.map((name) => sayLater(name)) },
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

function drawPicture(target: Uint8Array, inside: Inside, random: Random): void {
  const canvas = new Canvas(SIDE);
  const { ground, figure } = contrastingColours(random);
  canvas.paint(() => 1, texture(ground, random));
  for (let piece = random.integer(4); piece > 0; piece--) canvas.paint(coverOf(clutter(random)), texture(randomColour(random), random));
  canvas.paint(coverOf(place(inside, random)), texture(figure, random));
  const noise = 0.02 + 0.05 * random.uniform();
  canvas.write(target, () => noise * random.normal());
}

/** Two colours that can be told apart, though not always easily; the figure's is the lighter one. */
function contrastingColours(random: Random): { ground: Colour; figure: Colour } {
  for (;;) {
    const [ground, figure] = [randomColour(random), randomColour(random)];
    if (luminance(figure) - luminance(ground) > LEAST_CONTRAST) return { ground, figure };
  }
}

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
  return placed(inside, cx, cy, radius, ROTATION * (2 * random.uniform() - 1));
}

/** A thin bar or a small disc somewhere. */
function clutter(random: Random): Inside {
  const [cx, cy] = [SIDE * random.uniform(), SIDE * random.uniform()];
  const angle = Math.PI * random.uniform();
  const piece = random.integer(2) === 0 ? disc(1 + 2 * random.uniform()) : box(2 + 8 * random.uniform(), 0.4 + 0.8 * random.uniform());
  return placed(piece, cx, cy, 1, angle);
}
