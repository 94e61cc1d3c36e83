/**
 * Built-in pictures of up to 200 classes, for a classifier of many: every combination of a shape, a texture and a colour. Ground,
 * place, size, rotation, clutter and noise are independent of the class.
 */
import { word } from '../../language/say';
import { sayLater, type Told } from '../../language/told';
import type { Random } from '../../random';
import { pictureWords, type Dataset } from '../dataset';
import { Canvas, CHANNELS, coverOf, luminance, randomColour, type Colour, type Paint } from './canvas';
import { between, eitherWay, mixed, whiteNoise } from './chance';
import { makeExamples } from './examples';
import { box, outlines, placed } from './outlines';
import { darker } from './strokes';

/** Whether a point of a figure has the darker tone; a figure has about unit radius. */
type Pattern = (x: number, y: number, random: Random) => (u: number, v: number) => boolean;

/** Repetitions of a pattern per radius, times pi. */
const PITCH = 2.1 * Math.PI;
const patterns: readonly (readonly [name: string, pattern: Pattern])[] = [
  [word('plain'), () => () => false],
  [word('striped'), (x) => (u) => Math.sin(PITCH * u + x) > 0],
  [word('checked'), (x, y) => (u, v) => Math.sin(PITCH * u + x) * Math.sin(PITCH * v + y) > 0],
  [word('dotted'), (x, y) => (u, v) => Math.sin(PITCH * u + x) + Math.sin(PITCH * v + y) > 0.75],
  [word('speckled'), speckles],
];

/** Random tones in small squares. */
function speckles(_x: number, _y: number, random: Random): (u: number, v: number) => boolean {
  const cells = Array.from({ length: 16 * 16 }, () => random.uniform() < 0.5);
  const cellOf = (at: number) => Math.max(0, Math.min(15, Math.floor(8 + 5 * at)));
  return (u, v) => cells[16 * cellOf(v) + cellOf(u)] as boolean;
}

/** Hues in turns of the colour circle, and how far a class's colours lie from them. */
const hues: readonly (readonly [name: string, hue: number])[] = [
  [word('red'), 0],
  [word('yellow'), 0.16],
  [word('green'), 0.36],
  [word('blue'), 0.62],
];
const HUE_SPREAD = 0.045;

interface Kind {
  readonly shape: (typeof outlines)[number];
  readonly pattern: (typeof patterns)[number];
  readonly hue: (typeof hues)[number];
}

/**
 * The combinations, ordered so that even a few of them need all three features: the first ten classes have the ten shapes, and classes
 * of one shape differ in texture and in colour.
 */
const kinds: readonly Kind[] = Array.from({ length: outlines.length * patterns.length * hues.length }, (_, index) => {
  const shape = index % outlines.length;
  // Five and four have no common divisor, so that twenty steps meet each pair of a texture and a colour once.
  const step = shape + Math.floor(index / outlines.length);
  return {
    shape: outlines[shape] as Kind['shape'],
    pattern: patterns[step % patterns.length] as Kind['pattern'],
    hue: hues[step % hues.length] as Kind['hue'],
  };
});

const textOf = ({ shape, pattern, hue }: Kind): Told =>
  sayLater('{colour} {pattern} {shape}', { colour: sayLater(hue[0]), pattern: sayLater(pattern[0]), shape: sayLater(shape[0]) });

export const textureNames: readonly string[] = kinds.map(({ shape, pattern, hue }) => `${hue[0]} ${pattern[0]} ${shape[0]}`);

export interface TextureSettings {
  /** Pixels along each side of a picture, such as 32 or 64. */
  readonly side?: number;
  /** How many of the classes, at most 200. */
  readonly classes?: number;
  readonly seed?: number;
  /** 0 for large upright figures on quiet ground, 1 for turned and noisy ones among clutter. */
  readonly difficulty?: number;
}

/** The same counts and settings give the same pictures; a longer set starts with the shorter one. All classes have the same share. */
export function texturesDataset(
  trainCount: number,
  testCount: number,
  { side = 32, classes = 20, seed = 1, difficulty = 0.5 }: TextureSettings = {},
): Dataset {
  const recipe = {
    stream: 'textures',
    classes,
    size: side * side * CHANNELS,
    room: (length: number) => new Uint8Array(length),
    write: (target: Uint8Array, label: number, random: Random) => drawFigure(target, side, kinds[label] as Kind, difficulty, random),
  };
  return {
    name: word('Built-in textured shapes'),
    words: pictureWords,
    synthetic: true,
    shape: [side, side, CHANNELS],
    classNames: textureNames.slice(0, classes),
    texts: { classes: kinds.slice(0, classes).map(textOf) },
    warnings: [],
    train: makeExamples(recipe, trainCount, seed, 'train'),
    test: makeExamples(recipe, testCount, seed, 'test'),
  };
}

function drawFigure(target: Uint8Array, side: number, { shape, pattern, hue }: Kind, difficulty: number, random: Random): void {
  const canvas = new Canvas(side);
  const colour = fromHue(hue[1] + HUE_SPREAD * eitherWay(random), between(random, 0.6, 0.95), between(random, 0.65, 1));
  canvas.paint(() => 1, gradient(contrasting(colour, mixed(0.25, 0.12, difficulty), random), side, random));
  for (let piece = random.integer(1 + Math.round(6 * difficulty)); piece > 0; piece--) {
    const half = side * between(random, 0.06, 0.3);
    const [x, y] = [side * random.uniform(), side * random.uniform()];
    const bar = placed(box(half, side * between(random, 0.012, 0.04)), x, y, 1, Math.PI * random.uniform());
    const paint = randomColour(random);
    canvas.paint(coverOf(bar), () => paint, boundsAround(x, y, 1.3 * half));
  }
  const radius = side * between(random, mixed(0.34, 0.24, difficulty), 0.38);
  const shift = mixed(0.12, 0.22, difficulty);
  const [cx, cy] = [side * (0.5 + shift * eitherWay(random)), side * (0.5 + shift * eitherWay(random))];
  const angle = mixed(0.15, 0.9, difficulty) * eitherWay(random);
  const isDark = pattern[1](Math.PI * eitherWay(random), Math.PI * eitherWay(random), random);
  const [cos, sin] = [Math.cos(angle) / radius, Math.sin(angle) / radius];
  const dark = darker(colour, mixed(0.35, 0.55, difficulty));
  // A plain figure may have either tone, so that lightness does not tell that it is plain.
  const plain = darker(colour, between(random, 0.55, 1));
  const paint: Paint = (x, y) => {
    if (pattern[0] === 'plain') return plain;
    const [dx, dy] = [x + 0.5 - cx, y + 0.5 - cy];
    return isDark(cos * dx + sin * dy, cos * dy - sin * dx) ? dark : colour;
  };
  canvas.paint(coverOf(placed(shape[1], cx, cy, radius, angle)), paint, boundsAround(cx, cy, 1.25 * radius));
  const noise = whiteNoise(random);
  const deviation = mixed(0.01, 0.07, difficulty * between(random, 0.4, 1));
  canvas.write(target, () => deviation * noise());
}

const boundsAround = (x: number, y: number, reach: number) => ({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach });

/** A colour of any hue whose lightness differs at least this much. */
function contrasting(colour: Colour, least: number, random: Random): Colour {
  for (;;) {
    const other = randomColour(random);
    if (Math.abs(luminance(other) - luminance(colour)) > least) return other;
  }
}

/** A ground that gets a little lighter towards one side. */
function gradient(colour: Colour, side: number, random: Random): Paint {
  const angle = 2 * Math.PI * random.uniform();
  const [alongX, alongY] = [(0.25 * Math.cos(angle)) / side, (0.25 * Math.sin(angle)) / side];
  return (x, y) => darker(colour, 1 + alongX * (x - side / 2) + alongY * (y - side / 2));
}

/** A colour from its hue, saturation and value, each in 0..1. Source: Smith, "Color gamut transform pairs", 1978. */
function fromHue(hue: number, saturation: number, value: number): Colour {
  const channel = (offset: number) => {
    const at = (offset + 6 * hue + 12) % 6;
    return value - value * saturation * Math.max(0, Math.min(at, 4 - at, 1));
  };
  return [channel(5), channel(3), channel(1)];
}
