/** Draws what stands about in a scene: trees, cars, furniture and animals, and slender things that resemble a standing person. */
import type { Random } from '../../random';
import type { Canvas, Colour } from './canvas';
import { between, eitherWay, oneOf } from './chance';
import type { Point } from './outlines';
import { clothColour, skinColour } from './person';
import { block, blended, darker, ellipse, limb, lit, polygon } from './strokes';

/** Draws a thing on the ground at `foot`. @param size the height of a person at this place, in pixels */
export type Thing = (canvas: Canvas, foot: Point, size: number, light: number, random: Random) => void;

const leafColour = (random: Random): Colour =>
  blended([0.15, 0.35, 0.12], random.uniform() < 0.7 ? [0.4, 0.6, 0.2] : [0.75, 0.45, 0.15], random.uniform());
const woodColour = (random: Random): Colour => blended([0.3, 0.19, 0.1], [0.78, 0.58, 0.38], random.uniform());
/** Things have the colours of skin and clothes as often as people do, so that colour does not give people away. */
const anyColour = (random: Random): Colour => (random.uniform() < 0.3 ? skinColour(random) : clothColour(random));

const tree: Thing = (canvas, [x, y], size, light, random) => {
  const height = size * between(random, 1.2, 2);
  const leaves = leafColour(random);
  limb(canvas, [x, y], [x + 0.05 * size * eitherWay(random), y - 0.6 * height], 0.05 * size, 0.035 * size, woodColour(random));
  for (let tuft = 0; tuft < 6; tuft++) {
    const at: Point = [x + 0.25 * size * eitherWay(random), y - height * between(random, 0.5, 0.9)];
    const radius = size * between(random, 0.15, 0.3);
    ellipse(canvas, at, radius, radius * between(random, 0.7, 1), lit(darker(leaves, between(random, 0.75, 1.2)), at[0], radius, light));
  }
};

const bush: Thing = (canvas, [x, y], size, light, random) => {
  const leaves = leafColour(random);
  for (let tuft = 0; tuft < 4; tuft++) {
    const radius = size * between(random, 0.1, 0.2);
    const at: Point = [x + 0.25 * size * eitherWay(random), y - radius];
    ellipse(canvas, at, radius * 1.2, radius, lit(darker(leaves, between(random, 0.75, 1.2)), at[0], radius, light));
  }
};

const car: Thing = (canvas, [x, y], size, light, random) => {
  const [half, body] = [size * between(random, 0.9, 1.2), clothColour(random)];
  const roof = y - size * between(random, 0.7, 0.85);
  polygon(
    canvas,
    [
      [x - 0.45 * half, roof],
      [x + 0.4 * half, roof],
      [x + 0.7 * half, y - 0.45 * size],
      [x - 0.65 * half, y - 0.45 * size],
    ],
    lit([0.35, 0.42, 0.48], x, half, light),
  );
  limb(canvas, [x - half, y - 0.32 * size], [x + half, y - 0.32 * size], 0.16 * size, 0.15 * size, lit(body, x, half, light));
  for (const wheel of [-0.6, 0.6]) {
    ellipse(canvas, [x + wheel * half, y - 0.14 * size], 0.15 * size, 0.15 * size, [0.08, 0.08, 0.09]);
    ellipse(canvas, [x + wheel * half, y - 0.14 * size], 0.07 * size, 0.07 * size, [0.55, 0.55, 0.57]);
  }
};

const animal: Thing = (canvas, [x, y], size, light, random) => {
  const fur = anyColour(random);
  const [tall, way] = [size * between(random, 0.4, 0.8), oneOf(random, [-1, 1])];
  const [back, half] = [y - 0.62 * tall, 0.55 * tall];
  for (const leg of [-0.9, -0.65, 0.6, 0.85])
    limb(canvas, [x + leg * half, back], [x + leg * half + 0.06 * tall * eitherWay(random), y], 0.09 * tall, 0.06 * tall, darker(fur, 0.8));
  limb(canvas, [x - half * 0.8, back], [x + half * 0.8, back], 0.22 * tall, 0.2 * tall, lit(fur, x, half, light));
  const head: Point = [x + way * 1.25 * half, y - between(random, 0.85, 1.1) * tall];
  limb(canvas, [x + way * 0.8 * half, back], head, 0.14 * tall, 0.11 * tall, fur);
  limb(canvas, head, [head[0] + way * 0.2 * tall, head[1] + 0.06 * tall], 0.13 * tall, 0.08 * tall, darker(fur, 0.92));
  limb(canvas, [x - way * half, back], [x - way * 1.4 * half, back - 0.2 * tall * eitherWay(random)], 0.05 * tall, 0.03 * tall, fur);
};

const chair: Thing = (canvas, [x, y], size, _light, random) => {
  const [wood, way] = [random.uniform() < 0.5 ? woodColour(random) : anyColour(random), oneOf(random, [-1, 1])];
  const [half, seat] = [0.16 * size, y - 0.28 * size];
  for (const leg of [-1, 1]) limb(canvas, [x + leg * half, seat], [x + leg * half * 1.1, y], 0.02 * size, 0.02 * size, darker(wood, 0.8));
  block(canvas, x - half - 1, seat - 0.04 * size, x + half + 1, seat + 0.02 * size, wood);
  limb(canvas, [x - way * half, seat], [x - way * half * 1.2, seat - 0.32 * size], 0.035 * size, 0.035 * size, darker(wood, 0.9));
};

const table: Thing = (canvas, [x, y], size, _light, random) => {
  const [wood, half, top] = [woodColour(random), size * between(random, 0.35, 0.6), y - 0.42 * size];
  for (const leg of [-0.9, 0.9]) limb(canvas, [x + leg * half, top], [x + leg * half, y], 0.03 * size, 0.025 * size, darker(wood, 0.7));
  block(canvas, x - half, top - 0.05 * size, x + half, top + 0.01 * size, wood);
};

const sofa: Thing = (canvas, [x, y], size, light, random) => {
  const [cloth, half] = [anyColour(random), size * between(random, 0.5, 0.7)];
  limb(canvas, [x - half, y - 0.4 * size], [x + half, y - 0.4 * size], 0.14 * size, 0.14 * size, lit(cloth, x, half, light));
  block(canvas, x - half, y - 0.3 * size, x + half, y - 0.04 * size, darker(cloth, 0.85));
  for (const end of [-1, 1])
    limb(canvas, [x + end * half, y - 0.3 * size], [x + end * half, y - 0.08 * size], 0.1 * size, 0.1 * size, cloth);
};

/** A post with a disc, as high as a person's head. */
const signpost: Thing = (canvas, [x, y], size, light, random) => {
  const head = y - size * between(random, 0.85, 1.1);
  const radius = size * between(random, 0.07, 0.14);
  limb(canvas, [x, y], [x, head], 0.025 * size, 0.02 * size, darker(anyColour(random), 0.7));
  if (random.uniform() < 0.6) ellipse(canvas, [x, head], radius, radius, lit(anyColour(random), x, radius, light));
  else block(canvas, x - radius, head - radius, x + radius, head + radius, anyColour(random));
};

/** A stand with a coat and a hat: a trunk and a head, but one thin leg. */
const coatStand: Thing = (canvas, [x, y], size, light, random) => {
  const cloth = anyColour(random);
  const [shoulders, hem, half] = [y - 0.8 * size, y - size * between(random, 0.3, 0.45), size * between(random, 0.09, 0.13)];
  limb(canvas, [x, y], [x, y - 0.95 * size], 0.02 * size, 0.02 * size, woodColour(random));
  for (const side of [-1, 1])
    limb(canvas, [x, y - 0.06 * size], [x + side * 0.13 * size, y], 0.018 * size, 0.018 * size, woodColour(random));
  polygon(
    canvas,
    [
      [x - 0.5 * half, shoulders],
      [x + 0.5 * half, shoulders],
      [x + 1.2 * half, hem],
      [x - 1.2 * half, hem],
    ],
    lit(cloth, x, half, light),
  );
  for (const side of [-1, 1])
    limb(
      canvas,
      [x + 0.45 * side * half, shoulders + 0.02 * size],
      [x + 1.3 * side * half, shoulders + 0.3 * size],
      0.03 * size,
      0.025 * size,
      darker(cloth, 0.85),
    );
  if (random.uniform() < 0.5)
    limb(canvas, [x - 0.07 * size, y - 0.93 * size], [x + 0.07 * size, y - 0.93 * size], 0.03 * size, 0.03 * size, anyColour(random));
};

const floorLamp: Thing = (canvas, [x, y], size, light, random) => {
  const [shade, top, half] = [anyColour(random), y - size * between(random, 0.9, 1.05), size * between(random, 0.1, 0.16)];
  limb(canvas, [x, y], [x, top], 0.02 * size, 0.02 * size, [0.25, 0.24, 0.23]);
  ellipse(canvas, [x, y], 0.1 * size, 0.025 * size, [0.2, 0.2, 0.2]);
  polygon(
    canvas,
    [
      [x - 0.6 * half, top],
      [x + 0.6 * half, top],
      [x + half, top + 0.2 * size],
      [x - half, top + 0.2 * size],
    ],
    lit(shade, x, half, light),
  );
};

/** A pillar with a bust on its slab: a trunk and a head, but neither arms nor legs. */
const pillar: Thing = (canvas, [x, y], size, light, random) => {
  const stone = blended(anyColour(random), [0.6, 0.59, 0.57], 0.7);
  const [half, top] = [size * between(random, 0.08, 0.12), y - size * between(random, 0.55, 0.75)];
  block(canvas, x - half, top, x + half, y, lit(stone, x, half, light));
  block(canvas, x - 1.4 * half, y - 0.08 * size, x + 1.4 * half, y, darker(stone, 0.8));
  block(canvas, x - 1.5 * half, top, x + 1.5 * half, top + 0.05 * size, darker(stone, 0.9));
  const bust = anyColour(random);
  polygon(
    canvas,
    [
      [x - 0.4 * half, top - 0.1 * size],
      [x + 0.4 * half, top - 0.1 * size],
      [x + half, top],
      [x - half, top],
    ],
    darker(bust, 0.9),
  );
  ellipse(canvas, [x, top - 0.14 * size], 0.055 * size, 0.07 * size, lit(bust, x, half, light));
};

/** A cross with a shirt: arms and a trunk, but neither a head nor legs. */
const scarecrow: Thing = (canvas, [x, y], size, light, random) => {
  const cloth = anyColour(random);
  const [shoulders, half, reach] = [y - 0.75 * size, 0.09 * size, size * between(random, 0.2, 0.3)];
  limb(canvas, [x, y], [x, y - 0.95 * size], 0.025 * size, 0.02 * size, woodColour(random));
  limb(canvas, [x - reach, shoulders], [x + reach, shoulders], 0.02 * size, 0.02 * size, woodColour(random));
  limb(canvas, [x - 0.75 * reach, shoulders], [x + 0.75 * reach, shoulders], 0.035 * size, 0.035 * size, darker(cloth, 0.9));
  limb(canvas, [x, shoulders + 0.06 * size], [x, y - 0.4 * size], half, half, lit(cloth, x, half, light));
};

/** A plant with arms. */
const cactus: Thing = (canvas, [x, y], size, light, random) => {
  const skin = random.uniform() < 0.6 ? leafColour(random) : anyColour(random);
  const radius = 0.07 * size;
  limb(canvas, [x, y], [x, y - 0.9 * size], radius * 1.1, radius, lit(skin, x, radius, light));
  for (const side of [-1, 1]) {
    const [from, out] = [y - size * between(random, 0.35, 0.6), x + side * 0.18 * size];
    limb(canvas, [x, from], [out, from], 0.7 * radius, 0.7 * radius, darker(skin, 0.9));
    limb(canvas, [out, from], [out, from - size * between(random, 0.12, 0.3)], 0.7 * radius, 0.6 * radius, skin);
  }
};

export const outdoorThings: readonly Thing[] = [tree, tree, bush, car, animal];
export const indoorThings: readonly Thing[] = [chair, table, sofa, animal];
/** What may stand where a person would. */
export const outdoorDecoys: readonly Thing[] = [signpost, pillar, cactus, scarecrow, animal];
export const indoorDecoys: readonly Thing[] = [floorLamp, coatStand, pillar, cactus, animal];
