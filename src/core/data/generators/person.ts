/** Draws people: articulated figures with clothes, hair and poses. */
import type { Random } from '../../random';
import type { Canvas, Colour } from './canvas';
import { between, eitherWay, oneOf } from './chance';
import type { Point } from './outlines';
import { darker, ellipse, limb, lit, polygon } from './strokes';

const skins: readonly Colour[] = [
  [0.96, 0.8, 0.69],
  [0.87, 0.67, 0.53],
  [0.72, 0.51, 0.38],
  [0.52, 0.35, 0.25],
  [0.35, 0.23, 0.17],
];
const hairs: readonly Colour[] = [
  [0.1, 0.08, 0.07],
  [0.27, 0.17, 0.1],
  [0.5, 0.34, 0.18],
  [0.8, 0.66, 0.4],
  [0.6, 0.6, 0.6],
  [0.5, 0.2, 0.1],
];

/** A colour that clothes may have; other things have such colours too. */
export function clothColour(random: Random): Colour {
  const [dark, vivid] = [between(random, 0.12, 0.9), random.uniform() < 0.5];
  const tint = () => Math.max(0, Math.min(1, dark + (vivid ? 0.45 : 0.08) * eitherWay(random)));
  return [tint(), tint(), tint()];
}

export const skinColour = (random: Random): Colour => darker(oneOf(random, skins), between(random, 0.85, 1.05));

/** People here have larger heads than grown people do, since small pictures show little of a face. */
const HEAD = 1.3;

type Place = 'left' | 'right';
const sides: readonly Place[] = ['left', 'right'];

/** Angles from hanging straight down, outwards to the person's side on the picture. */
interface Limbs {
  readonly upper: number;
  readonly lower: number;
}

interface Pose {
  readonly legs: Readonly<Record<Place, Limbs>>;
  readonly arms: Readonly<Record<Place, Limbs>>;
  /** Of the trunk, to the right. */
  readonly lean: number;
  readonly sits: boolean;
}

/** Draws a person who stands, walks or sits with the feet at `foot`. @param height of the person if upright, in pixels */
export function drawPerson(canvas: Canvas, foot: Point, height: number, light: number, random: Random): void {
  const pose = makePose(random);
  const [skin, hair] = [skinColour(random), oneOf(random, hairs)];
  const [top, bottom, shoes] = [clothColour(random), clothColour(random), darker(clothColour(random), 0.5)];
  const build = between(random, 0.85, 1.3);
  const shortSleeves = random.uniform() < 0.4;
  const legwear = oneOf(random, ['trousers', 'trousers', 'shorts', 'skirt'] as const);
  const unit = height / 100;
  // A walking or sitting person is lower: the feet stay on the ground.
  const legLengths = { upper: 25 * unit, lower: 24 * unit };
  const drop = Math.max(...sides.map((side) => down(pose.legs[side], legLengths)));
  const hip: Point = [foot[0], foot[1] - drop - 2 * unit];
  const neck = away(hip, Math.PI + pose.lean, 33 * unit);
  const shaded = (colour: Colour, middle: number, radius: number) => lit(colour, middle, radius, light);
  const arm = (side: Place) => {
    const shoulder: Point = [neck[0] + outwards(side) * 8.5 * build * unit, neck[1] + 2 * unit];
    const { elbow, end } = jointed(shoulder, pose.arms[side], outwards(side), 17 * unit, 15 * unit);
    limb(canvas, shoulder, elbow, 3.3 * build * unit, 2.8 * unit, darker(top, 0.9));
    limb(canvas, elbow, end, 2.5 * unit, 2.1 * unit, shortSleeves ? skin : darker(top, 0.95));
    ellipse(canvas, end, 2.5 * unit, 2.7 * unit, skin);
  };
  const behind = oneOf(random, sides);
  const before: Place = behind === 'left' ? 'right' : 'left';
  arm(behind);
  for (const side of [behind, before] as const) {
    const from: Point = [hip[0] + outwards(side) * 4 * build * unit, hip[1]];
    const { elbow: knee, end: ankle } = jointed(from, pose.legs[side], outwards(side), legLengths.upper, legLengths.lower);
    const shade = side === behind ? 0.8 : 1;
    const bare = darker(skin, shade);
    const cloth = darker(bottom, shade);
    limb(canvas, knee, ankle, 3.4 * unit, 2.5 * unit, legwear === 'trousers' ? cloth : bare);
    limb(canvas, from, knee, 5.2 * build * unit, 3.7 * unit, legwear === 'skirt' ? bare : cloth);
    const toe: Point = [ankle[0] + outwards(side) * 3.5 * unit, ankle[1] + 1.5 * unit];
    limb(canvas, [ankle[0], ankle[1] + 1.2 * unit], toe, 2.6 * unit, 2 * unit, shoes);
  }
  const [wide, narrow] = [10 * build * unit, 7.5 * build * unit];
  if (legwear === 'skirt' && !pose.sits)
    polygon(
      canvas,
      [
        [hip[0] - narrow, hip[1] - 4 * unit],
        [hip[0] + narrow, hip[1] - 4 * unit],
        [hip[0] + 1.5 * narrow, hip[1] + 20 * unit],
        [hip[0] - 1.5 * narrow, hip[1] + 20 * unit],
      ],
      shaded(bottom, hip[0], wide),
    );
  limb(canvas, [hip[0], hip[1] - unit], [neck[0], neck[1] + 8 * unit], narrow, narrow, shaded(top, hip[0], narrow));
  limb(canvas, [neck[0] - wide + 4 * unit, neck[1] + 3 * unit], [neck[0] + wide - 4 * unit, neck[1] + 3 * unit], 4 * unit, 4 * unit, top);
  const head = away(neck, Math.PI + pose.lean + 0.1 * eitherWay(random), 10.5 * unit);
  limb(canvas, neck, head, 2.6 * unit, 2.6 * unit, darker(skin, 0.85));
  drawHead(canvas, head, HEAD * unit, shaded(skin, head[0], 7 * unit), hair, random);
  arm(before);
}

function drawHead(canvas: Canvas, [x, y]: Point, unit: number, skin: ReturnType<typeof lit>, hair: Colour, random: Random): void {
  const style = oneOf(random, ['short', 'short', 'long', 'hat', 'bald'] as const);
  // Somebody who turns away shows only hair.
  const away = random.uniform() < 0.2;
  const turned = 1.6 * eitherWay(random);
  if (style === 'long') limb(canvas, [x, y - unit], [x, y + 7 * unit], 6.2 * unit, 5.5 * unit, hair);
  ellipse(canvas, [x, y], 5.2 * unit, 6.6 * unit, away && style !== 'bald' ? hair : skin);
  if (style !== 'bald') {
    const cover = style === 'hat' ? clothColour(random) : hair;
    ellipse(canvas, [x - turned * 0.4 * unit, y - 3.6 * unit], 5.7 * unit, 4.1 * unit, cover);
    if (style === 'hat') limb(canvas, [x - 7 * unit, y - 2.2 * unit], [x + 7 * unit, y - 2.2 * unit], unit, unit, darker(cover, 0.8));
  }
  if (away || unit < 0.6) return;
  for (const eye of [-1, 1]) ellipse(canvas, [x + (turned + 2.1 * eye) * unit, y + 0.6 * unit], 0.8 * unit, 0.7 * unit, [0.1, 0.08, 0.08]);
  limb(
    canvas,
    [x + (turned - 1.3) * unit, y + 4 * unit],
    [x + (turned + 1.3) * unit, y + 4 * unit],
    0.5 * unit,
    0.5 * unit,
    [0.55, 0.25, 0.22],
  );
}

function makePose(random: Random): Pose {
  const kind = oneOf(random, ['stands', 'stands', 'walks', 'walks', 'sits'] as const);
  const near = (angle: number, spread: number) => angle + spread * eitherWay(random);
  const hanging = (): Limbs => ({ upper: near(0.2, 0.15), lower: near(0.05, 0.2) });
  const arm = (): Limbs =>
    oneOf(random, [
      hanging,
      hanging,
      hanging,
      // Raised, held out, and with the hand on the hip.
      () => ({ upper: near(2.3, 0.5), lower: near(2.7, 0.4) }),
      () => ({ upper: near(1.3, 0.4), lower: near(1.6, 0.5) }),
      () => ({ upper: near(0.7, 0.15), lower: near(-0.75, 0.2) }),
    ])();
  const lean = near(0, 0.1);
  if (kind === 'sits') {
    const way = random.integer(2) === 0 ? 1 : -1;
    const leg = (side: number): Limbs => ({ upper: side * way * near(1.35, 0.15), lower: side * way * near(0.05, 0.2) });
    return { legs: { left: leg(-1), right: leg(1) }, arms: { left: arm(), right: arm() }, lean, sits: true };
  }
  if (kind === 'stands')
    return {
      legs: { left: { upper: near(0.08, 0.08), lower: near(0.02, 0.05) }, right: { upper: near(0.08, 0.08), lower: near(0.02, 0.05) } },
      arms: { left: arm(), right: arm() },
      lean,
      sits: false,
    };
  const stride = near(0.3, 0.15);
  const swing = near(0.4, 0.3);
  return {
    legs: { left: { upper: stride, lower: near(stride - 0.2, 0.15) }, right: { upper: stride, lower: near(stride - 0.2, 0.15) } },
    arms:
      random.uniform() < 0.7 ? { left: { upper: swing, lower: near(swing + 0.3, 0.2) }, right: hanging() } : { left: arm(), right: arm() },
    lean,
    sits: false,
  };
}

const outwards = (side: Place) => (side === 'left' ? -1 : 1);
const down = ({ upper, lower }: Limbs, length: Readonly<Record<keyof Limbs, number>>) =>
  Math.cos(upper) * length.upper + Math.cos(lower) * length.lower;

/** The point at an angle from straight down, counted to the right. */
const away = ([x, y]: Point, angle: number, length: number): Point => [x + Math.sin(angle) * length, y + Math.cos(angle) * length];

/** The middle and the end of a limb of two parts. */
function jointed(
  from: Point,
  { upper, lower }: Limbs,
  way: number,
  upperLength: number,
  lowerLength: number,
): { elbow: Point; end: Point } {
  const elbow = away(from, way * upper, upperLength);
  return { elbow, end: away(elbow, way * lower, lowerLength) };
}
