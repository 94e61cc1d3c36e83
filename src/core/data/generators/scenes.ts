/**
 * Built-in pictures for visual wake words: synthetic scenes with and without a person. Both kinds have the same backgrounds, things and
 * colours, and where no person stands, something as high and as colourful does.
 */
import { word } from '../../language/say';
import { sayLater } from '../../language/told';
import type { Random } from '../../random';
import { pictureWords, type Dataset } from '../dataset';
import { Canvas, CHANNELS, type Colour } from './canvas';
import { between, eitherWay, mixed, oneOf, whiteNoise } from './chance';
import { makeExamples } from './examples';
import type { Point } from './outlines';
import { clothColour, drawPerson } from './person';
import { block, blended, darker, ellipse, polygon } from './strokes';
import { indoorDecoys, indoorThings, outdoorDecoys, outdoorThings, type Thing } from './things';

const SIDE = 96;
const PERSON = 1;

export const sceneNames: readonly string[] = [word('no person'), word('person')];

export interface SceneSettings {
  readonly seed?: number;
  /** 0 for large figures in tidy places, 1 for small and half hidden ones among many things. */
  readonly difficulty?: number;
}

/** The same counts and settings give the same pictures; a longer set starts with the shorter one. Both classes have the same share. */
export function scenesDataset(trainCount: number, testCount: number, { seed = 1, difficulty = 0.1 }: SceneSettings = {}): Dataset {
  const recipe = {
    stream: 'scenes',
    classes: sceneNames.length,
    size: SIDE * SIDE * CHANNELS,
    room: (length: number) => new Uint8Array(length),
    write: (target: Uint8Array, label: number, random: Random) => drawScene(target, label === PERSON, difficulty, random),
  };
  return {
    name: word('Built-in scenes'),
    words: pictureWords,
    synthetic: true,
    shape: [SIDE, SIDE, CHANNELS],
    classNames: sceneNames,
    texts: { classes: sceneNames.map((name) => sayLater(name)) },
    warnings: [],
    train: makeExamples(recipe, trainCount, seed, 'train'),
    test: makeExamples(recipe, testCount, seed, 'test'),
  };
}

/** Something to draw, farther things first. */
interface Placed {
  /** Things with a greater one are painted over others. */
  readonly nearness: number;
  readonly foot: Point;
  readonly size: number;
  readonly draw: Thing;
}

function drawScene(target: Uint8Array, withPerson: boolean, difficulty: number, random: Random): void {
  const canvas = new Canvas(SIDE);
  const outdoors = random.integer(2) === 0;
  const light = 0.25 * eitherWay(random);
  const horizon = SIDE * between(random, 0.4, 0.65);
  if (outdoors) drawLandscape(canvas, horizon, random);
  else drawRoom(canvas, horizon, random);
  const [things, decoys] = outdoors ? [outdoorThings, outdoorDecoys] : [indoorThings, indoorDecoys];
  const placed: Placed[] = [];
  const add = (foot: Point, size: number, draw: Thing, nearness = foot[1]) => placed.push({ foot, size, draw, nearness });
  const upright = (draw: Thing, forward: number) => {
    const size = SIDE * mixed(between(random, 0.9, 1.4), 0.3 + 0.9 * random.uniform() ** 1.5, difficulty);
    const foot = uprightFoot(size, horizon, difficulty, random);
    add(foot, size, draw, foot[1] + forward);
  };
  // The subject stands in front of everything, unless that is to be hard.
  upright(withPerson ? drawPerson : oneOf(random, decoys), SIDE * (1 - difficulty) ** 2);
  if (random.uniform() < 0.8 * difficulty) upright(oneOf(random, decoys), 0);
  for (let count = random.integer(1 + Math.round(5 * difficulty)); count > 0; count--) {
    const share = random.uniform();
    const foot: Point = [SIDE * random.uniform(), mixed(horizon + 2, 1.05 * SIDE, share)];
    add(foot, SIDE * mixed(0.15, 0.6, share) * between(random, 0.8, 1.2), oneOf(random, things));
  }
  placed.sort((a, b) => a.nearness - b.nearness);
  for (const { foot, size, draw } of placed) {
    // A shadow where it stands.
    ellipse(canvas, foot, 0.16 * size, 0.03 * size, [0.12, 0.12, 0.12]);
    draw(canvas, foot, size, light, random);
  }
  const noise = whiteNoise(random);
  const deviation = mixed(0.01, 0.05, difficulty * random.uniform());
  const exposure = between(random, 0.75, 1.2);
  canvas.write(target, () => deviation * noise(), exposure);
}

/** On the ground, with the head in the picture; where it is to be hard, the figure may be cut at its head, its feet or its side. */
function uprightFoot(size: number, horizon: number, difficulty: number, random: Random): Point {
  const least = Math.max(horizon + 0.15 * size, mixed(1, 0.65, difficulty) * size);
  const most = SIDE * (0.98 + 0.1 * difficulty);
  const side = 0.5 + mixed(0.25, 0.5, difficulty) * eitherWay(random);
  return [SIDE * side, least >= most ? least + 0.15 * size * random.uniform() : between(random, least, most)];
}

/** Fills the rows from `top` to below `bottom` with a blend of two colours. */
function fill(canvas: Canvas, top: number, bottom: number, from: Colour, to: Colour): void {
  const rows = Array.from({ length: SIDE }, (_, row) => blended(from, to, Math.max(0, Math.min(1, (row - top) / (bottom - top)))));
  canvas.paint(
    () => 1,
    (_, row) => rows[row] as Colour,
    { left: 0, right: SIDE, top, bottom },
  );
}

function drawLandscape(canvas: Canvas, horizon: number, random: Random): void {
  const sky = blended([0.45, 0.62, 0.86], oneOf(random, [[0.8, 0.82, 0.85] as Colour, [0.85, 0.6, 0.45] as Colour]), random.uniform());
  fill(canvas, 0, horizon, sky, blended(sky, [0.95, 0.95, 0.95], 0.6));
  const ground = oneOf<Colour>(random, [
    [0.35, 0.48, 0.22],
    [0.45, 0.45, 0.46],
    [0.72, 0.62, 0.45],
    [0.5, 0.42, 0.33],
  ]);
  if (random.uniform() < 0.5)
    for (let hill = 0; hill < 2; hill++)
      ellipse(canvas, [SIDE * random.uniform(), horizon + 5], SIDE * between(random, 0.3, 0.6), SIDE * between(random, 0.1, 0.25), [
        0.35,
        between(random, 0.4, 0.5),
        0.4,
      ]);
  for (let house = random.integer(4); house > 0; house--) drawHouse(canvas, horizon, random);
  fill(canvas, horizon, SIDE, darker(ground, between(random, 0.8, 1.1)), darker(ground, between(random, 0.8, 1.2)));
  if (random.uniform() < 0.4)
    polygon(
      canvas,
      [
        [SIDE * 0.45, horizon],
        [SIDE * 0.55, horizon],
        [SIDE * between(random, 0.7, 1.2), SIDE],
        [SIDE * between(random, -0.2, 0.3), SIDE],
      ],
      [0.4, 0.4, 0.42],
    );
}

function drawHouse(canvas: Canvas, horizon: number, random: Random): void {
  const [left, width, height] = [SIDE * between(random, -0.1, 0.9), SIDE * between(random, 0.15, 0.4), SIDE * between(random, 0.15, 0.5)];
  const wall = blended(clothColour(random), [0.6, 0.58, 0.55], between(random, 0.2, 0.9));
  const top = horizon - height;
  block(canvas, left, top, left + width, horizon + 1, wall);
  if (random.uniform() < 0.5)
    polygon(
      canvas,
      [
        [left + width / 2, top - 0.4 * width],
        [left + 1.1 * width, top],
        [left - 0.1 * width, top],
      ],
      [0.45, 0.25, 0.2],
    );
  const gap = Math.max(5, width / 3);
  for (let x = left + 2; x + 3 < left + width; x += gap)
    for (let y = top + 3; y + 6 < horizon; y += 9) block(canvas, x, y, x + gap * 0.5, y + 5, darker(wall, 0.5));
}

function drawRoom(canvas: Canvas, horizon: number, random: Random): void {
  const wall = blended(clothColour(random), [0.9, 0.88, 0.84], between(random, 0.3, 0.9));
  const floor = blended([0.35, 0.24, 0.15], clothColour(random), random.uniform());
  const corner = SIDE * between(random, 0.1, 0.9);
  fill(canvas, 0, horizon, wall, wall);
  block(canvas, corner, -1, SIDE + 1, horizon, darker(wall, between(random, 0.75, 1)));
  fill(canvas, horizon, SIDE, darker(floor, 0.8), darker(floor, 1.15));
  block(canvas, 0, horizon - 2, SIDE, horizon, darker(wall, 0.6));
  for (let piece = random.integer(4); piece > 0; piece--) {
    const [left, width] = [SIDE * between(random, -0.1, 0.9), SIDE * between(random, 0.12, 0.3)];
    const frame = clothColour(random);
    const kind = oneOf(random, ['window', 'door', 'shelf'] as const);
    const top = SIDE * between(random, 0.02, 0.15);
    const bottom = kind === 'door' ? horizon : top + SIDE * between(random, 0.15, 0.3);
    block(canvas, left, top, left + width, bottom, frame);
    if (kind === 'window') {
      block(canvas, left + 2, top + 2, left + width - 2, bottom - 2, [0.7, 0.82, 0.92]);
      block(canvas, left + width / 2 - 1, top, left + width / 2 + 1, bottom, frame);
    }
    if (kind === 'shelf')
      for (let book = left + 1; book < left + width - 2; book += 3)
        block(canvas, book, top + between(random, 2, 5), book + 2.5, bottom - 1, clothColour(random));
    if (kind === 'door') ellipse(canvas, [left + 0.85 * width, (top + bottom) / 2], 1.2, 1.2, [0.85, 0.75, 0.4]);
  }
}
