/**
 * The transforms of Winograd's algorithm along one line, for tiles of 4 outputs: with a kernel of 3, tiles of 6 and the points
 * 0, 1, -1, 2, -2 and infinity; with one of 5, tiles of 8 and the points 1/2 and -1/2 as well.
 *
 * At a point a, a line of the kernel gives its polynomial's value at a, divided by the product of the differences of a to all other
 * points. A line of inputs gives its sum weighted by the coefficients of the polynomial that is zero at all other points. Output k
 * is the sum of a^k times each product. At infinity these are the highest coefficient, the polynomial of all points, and the last
 * output. Gradients use the transposes. Source: Cook and Toom's algorithm as in Lavin and Gray, 2016, whose notation has the same
 * scales.
 *
 * All functions read a whole line before they write one, so source and target may be the same. Steps are the bytes between a line's
 * vectors.
 */
import { madd } from '../assembly/simd';

/** Transforms 6 or 8 inputs. */
@inline
export function inputLine(side: i32, from: usize, step: i32, to: usize, toStep: i32): void {
  const d0 = v128.load(from);
  const d1 = v128.load(from + step);
  const d2 = v128.load(from + 2 * step);
  const d3 = v128.load(from + 3 * step);
  const d4 = v128.load(from + 4 * step);
  const d5 = v128.load(from + 5 * step);
  if (side == 6) {
    const minusFour = f32x4.splat(-4);
    const evenOfTwo = f32x4.sub(d4, d2);
    const oddOfTwo = f32x4.mul(f32x4.splat(2), f32x4.sub(d3, d1));
    storePair(to + toStep, toStep, madd(minusFour, d2, d4), madd(minusFour, d1, d3));
    storePair(to + 3 * toStep, toStep, evenOfTwo, oddOfTwo);
    v128.store(to, madd(f32x4.splat(4), d0, madd(f32x4.splat(-5), d2, d4)));
    v128.store(to + 5 * toStep, madd(f32x4.splat(4), d1, madd(f32x4.splat(-5), d3, d5)));
    return;
  }
  const d6 = v128.load(from + 6 * step);
  const d7 = v128.load(from + 7 * step);
  const many = f32x4.splat(5.25);
  const minusSome = f32x4.splat(-2.5);
  v128.store(to, madd(many, f32x4.sub(d4, d2), f32x4.sub(d0, d6)));
  v128.store(to + 7 * toStep, madd(many, f32x4.sub(d3, d5), f32x4.sub(d7, d1)));
  storePair(to + toStep, toStep, madd(f32x4.splat(-4.25), d4, f32x4.add(d2, d6)), madd(f32x4.splat(-4.25), d3, f32x4.add(d1, d5)));
  storePair(
    to + 3 * toStep,
    toStep,
    madd(f32x4.splat(0.25), d2, madd(f32x4.splat(-1.25), d4, d6)),
    madd(f32x4.splat(0.5), d1, madd(minusSome, d3, f32x4.add(d5, d5))),
  );
  storePair(
    to + 5 * toStep,
    toStep,
    madd(f32x4.splat(4), d2, madd(f32x4.splat(-5), d4, d6)),
    madd(f32x4.splat(0.5), d5, madd(minusSome, d3, f32x4.add(d1, d1))),
  );
}

/** Transforms 3 or 5 taps of a kernel into 6 or 8. */
@inline
export function kernelLine(side: i32, from: usize, step: i32, to: usize, toStep: i32): void {
  const k0 = v128.load(from);
  const k1 = v128.load(from + step);
  const k2 = v128.load(from + 2 * step);
  if (side == 6) {
    const sixth = f32x4.splat(-1.0 / 6.0);
    const part = f32x4.splat(1.0 / 24.0);
    v128.store(to, f32x4.mul(k0, f32x4.splat(0.25)));
    storePair(to + toStep, toStep, f32x4.mul(f32x4.add(k0, k2), sixth), f32x4.mul(k1, sixth));
    storePair(to + 3 * toStep, toStep, f32x4.mul(madd(f32x4.splat(4), k2, k0), part), f32x4.mul(f32x4.add(k1, k1), part));
    v128.store(to + 5 * toStep, k2);
    return;
  }
  const k3 = v128.load(from + 3 * step);
  const k4 = v128.load(from + 4 * step);
  const ofOne = f32x4.splat(-2.0 / 9.0);
  const ofTwo = f32x4.splat(1.0 / 90.0);
  const ofHalf = f32x4.splat(2.0 / 45.0);
  const two = f32x4.splat(2);
  const four = f32x4.splat(4);
  const eight = f32x4.splat(8);
  const sixteen = f32x4.splat(16);
  v128.store(to, k0);
  storePair(to + toStep, toStep, f32x4.mul(f32x4.add(f32x4.add(k0, k2), k4), ofOne), f32x4.mul(f32x4.add(k1, k3), ofOne));
  storePair(
    to + 3 * toStep,
    toStep,
    f32x4.mul(madd(sixteen, k4, madd(four, k2, k0)), ofTwo),
    f32x4.mul(madd(eight, k3, f32x4.mul(two, k1)), ofTwo),
  );
  storePair(
    to + 5 * toStep,
    toStep,
    f32x4.mul(madd(sixteen, k0, madd(four, k2, k4)), ofHalf),
    f32x4.mul(madd(eight, k1, f32x4.mul(two, k3)), ofHalf),
  );
  v128.store(to + 7 * toStep, k4);
}

/** Transforms 6 or 8 products into 4 outputs. */
@inline
export function outputLine(side: i32, from: usize, step: i32, to: usize, toStep: i32): void {
  const t0 = v128.load(from);
  const t1 = v128.load(from + step);
  const t2 = v128.load(from + 2 * step);
  const t3 = v128.load(from + 3 * step);
  const t4 = v128.load(from + 4 * step);
  const t5 = v128.load(from + 5 * step);
  const sum = f32x4.add(t1, t2);
  const difference = f32x4.sub(t1, t2);
  const sumOfTwo = f32x4.add(t3, t4);
  const differenceOfTwo = f32x4.sub(t3, t4);
  let first = f32x4.add(t0, f32x4.add(sum, sumOfTwo));
  let second = madd(f32x4.splat(2), differenceOfTwo, difference);
  let third = madd(f32x4.splat(4), sumOfTwo, sum);
  let fourth = madd(f32x4.splat(8), differenceOfTwo, difference);
  if (side == 6) fourth = f32x4.add(fourth, t5);
  else {
    const t6 = v128.load(from + 6 * step);
    const sumOfHalf = f32x4.add(t5, t6);
    const differenceOfHalf = f32x4.sub(t5, t6);
    first = f32x4.add(first, sumOfHalf);
    second = madd(f32x4.splat(0.5), differenceOfHalf, second);
    third = madd(f32x4.splat(0.25), sumOfHalf, third);
    fourth = f32x4.add(madd(f32x4.splat(0.125), differenceOfHalf, fourth), v128.load(from + 7 * step));
  }
  v128.store(to, first);
  v128.store(to + toStep, second);
  v128.store(to + 2 * toStep, third);
  v128.store(to + 3 * toStep, fourth);
}

/** Transforms 4 gradients of outputs into 6 or 8: the transpose of `outputLine`. */
@inline
export function gradientLine(side: i32, from: usize, step: i32, to: usize, toStep: i32): void {
  const y0 = v128.load(from);
  const y1 = v128.load(from + step);
  const y2 = v128.load(from + 2 * step);
  const y3 = v128.load(from + 3 * step);
  v128.store(to, y0);
  storePair(to + toStep, toStep, f32x4.add(y0, y2), f32x4.add(y1, y3));
  storePair(to + 3 * toStep, toStep, madd(f32x4.splat(4), y2, y0), madd(f32x4.splat(8), y3, f32x4.add(y1, y1)));
  if (side == 8)
    storePair(to + 5 * toStep, toStep, madd(f32x4.splat(0.25), y2, y0), madd(f32x4.splat(0.125), y3, f32x4.mul(f32x4.splat(0.5), y1)));
  v128.store(to + (side - 1) * toStep, y3);
}

/** Transforms 6 or 8 sums of products into 3 or 5 taps: the transpose of `kernelLine`. */
@inline
export function filterLine(side: i32, from: usize, step: i32, to: usize, toStep: i32): void {
  const t0 = v128.load(from);
  const t1 = v128.load(from + step);
  const t2 = v128.load(from + 2 * step);
  const t3 = v128.load(from + 3 * step);
  const t4 = v128.load(from + 4 * step);
  const t5 = v128.load(from + 5 * step);
  const two = f32x4.splat(2);
  const four = f32x4.splat(4);
  if (side == 6) {
    const sixth = f32x4.splat(-1.0 / 6.0);
    const part = f32x4.splat(1.0 / 24.0);
    const sum = f32x4.mul(f32x4.add(t1, t2), sixth);
    const sumOfTwo = f32x4.mul(f32x4.add(t3, t4), part);
    v128.store(to, madd(f32x4.splat(0.25), t0, f32x4.add(sum, sumOfTwo)));
    v128.store(to + toStep, madd(two, f32x4.mul(f32x4.sub(t3, t4), part), f32x4.mul(f32x4.sub(t1, t2), sixth)));
    v128.store(to + 2 * toStep, f32x4.add(madd(four, sumOfTwo, sum), t5));
    return;
  }
  const t6 = v128.load(from + 6 * step);
  const t7 = v128.load(from + 7 * step);
  const ofOne = f32x4.splat(-2.0 / 9.0);
  const ofTwo = f32x4.splat(1.0 / 90.0);
  const ofHalf = f32x4.splat(2.0 / 45.0);
  const eight = f32x4.splat(8);
  const sixteen = f32x4.splat(16);
  const sum = f32x4.mul(f32x4.add(t1, t2), ofOne);
  const difference = f32x4.mul(f32x4.sub(t1, t2), ofOne);
  const sumOfTwo = f32x4.mul(f32x4.add(t3, t4), ofTwo);
  const differenceOfTwo = f32x4.mul(f32x4.sub(t3, t4), ofTwo);
  const sumOfHalf = f32x4.mul(f32x4.add(t5, t6), ofHalf);
  const differenceOfHalf = f32x4.mul(f32x4.sub(t5, t6), ofHalf);
  v128.store(to, f32x4.add(t0, f32x4.add(sum, madd(sixteen, sumOfHalf, sumOfTwo))));
  v128.store(to + toStep, madd(two, differenceOfTwo, madd(eight, differenceOfHalf, difference)));
  v128.store(to + 2 * toStep, madd(four, f32x4.add(sumOfTwo, sumOfHalf), sum));
  v128.store(to + 3 * toStep, madd(eight, differenceOfTwo, madd(two, differenceOfHalf, difference)));
  v128.store(to + 4 * toStep, f32x4.add(t7, f32x4.add(sum, madd(sixteen, sumOfTwo, sumOfHalf))));
}

/** Results at a point and at its negative: the even part plus and minus the odd one. */
@inline
function storePair(to: usize, toStep: i32, even: v128, odd: v128): void {
  v128.store(to, f32x4.add(even, odd));
  v128.store(to + toStep, f32x4.sub(even, odd));
}
