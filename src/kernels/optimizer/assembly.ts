/** Adam and gradient descent, plain and with momentum, over all parameters in one call; each thread moves some of them. */
import { field, pointer } from '../assembly/descriptor';
import { madd } from '../assembly/simd';
import { beta1, beta2, epsilon, momentumShare } from './constants';
import { OptimizerField as F } from './fields';

const BETA1: f32 = <f32>beta1;
const BETA2: f32 = <f32>beta2;
const EPSILON: f32 = <f32>epsilon;

/** Source: Kingma and Ba, Adam, 2015, algorithm 1; the controls contain the bias corrections. */
export function adam(d: usize, thread: i32, threads: i32): void {
  const controls = pointer(d, F.controls);
  const rate = f32x4.splat(-f32.load(controls));
  const correction = f32x4.splat(f32.load(controls, 4));
  const decay = f32x4.splat(f32.load(controls, 8));
  const parameters = pointer(d, F.parameters);
  const firsts = pointer(d, F.first);
  const seconds = pointer(d, F.second);
  const count = field(d, F.count);
  const from = (((count >> 2) * thread) / threads) << 4;
  const to = (((count >> 2) * (thread + 1)) / threads) << 4;
  for (let at: usize = from; at < <usize>to; at += 16) {
    const value = v128.load(parameters + at);
    const g = madd(value, decay, gradient(d, at));
    const first = madd(v128.load(firsts + at), f32x4.splat(BETA1), f32x4.mul(g, f32x4.splat(1 - BETA1)));
    const second = madd(v128.load(seconds + at), f32x4.splat(BETA2), f32x4.mul(f32x4.mul(g, g), f32x4.splat(1 - BETA2)));
    v128.store(firsts + at, first);
    v128.store(seconds + at, second);
    const scale = f32x4.add(f32x4.sqrt(f32x4.mul(second, correction)), f32x4.splat(EPSILON));
    v128.store(parameters + at, madd(f32x4.div(first, scale), rate, value));
  }
}

/** Gradient descent with momentum 0.9 as PyTorch has it: v = 0.9 v + g, then w = w - rate * v. */
export function momentum(d: usize, thread: i32, threads: i32): void {
  const controls = pointer(d, F.controls);
  const rate = f32x4.splat(-f32.load(controls));
  const decay = f32x4.splat(f32.load(controls, 8));
  const share = f32x4.splat(<f32>momentumShare);
  const parameters = pointer(d, F.parameters);
  const velocities = pointer(d, F.first);
  const count = field(d, F.count);
  const from = (((count >> 2) * thread) / threads) << 4;
  const to = (((count >> 2) * (thread + 1)) / threads) << 4;
  for (let at: usize = from; at < <usize>to; at += 16) {
    const value = v128.load(parameters + at);
    const velocity = madd(v128.load(velocities + at), share, madd(value, decay, gradient(d, at)));
    v128.store(velocities + at, velocity);
    v128.store(parameters + at, madd(velocity, rate, value));
  }
}

export function sgd(d: usize, thread: i32, threads: i32): void {
  const controls = pointer(d, F.controls);
  const rate = f32x4.splat(-f32.load(controls));
  const decay = f32x4.splat(f32.load(controls, 8));
  const parameters = pointer(d, F.parameters);
  const count = field(d, F.count);
  const from = (((count >> 2) * thread) / threads) << 4;
  const to = (((count >> 2) * (thread + 1)) / threads) << 4;
  for (let at: usize = from; at < <usize>to; at += 16) {
    const value = v128.load(parameters + at);
    v128.store(parameters + at, madd(madd(value, decay, gradient(d, at)), rate, value));
  }
}

/** Adds the shares of each half of the batch by themselves: the number of shares depends on the threads, the result must not. */
@inline
function gradient(d: usize, at: usize): v128 {
  const from = pointer(d, F.gradients) + at;
  const stride = field(d, F.gradientStride);
  const half = field(d, F.firstHalf);
  const others = field(d, F.shares) - half;
  const sum = sumShares(from, stride, half);
  return others == 0 ? sum : f32x4.add(sum, sumShares(from + half * stride, stride, others));
}

@inline
function sumShares(from: usize, stride: i32, count: i32): v128 {
  let sum = v128.load(from);
  for (let share = 1; share < count; share++) sum = f32x4.add(sum, v128.load(from + share * stride));
  return sum;
}
