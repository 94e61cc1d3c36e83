/**
 * Which vector instructions of WebAssembly this engine has. It asks the engine itself, so that a broken kernel file is not mistaken
 * for a missing instruction.
 */
import type { KernelBuild } from './host';

/** The smallest module with a function of this body, which returns a vector. */
const module = (...body: number[]) =>
  new Uint8Array([
    0,
    97,
    115,
    109,
    1,
    0,
    0,
    0,
    1,
    5,
    1,
    96,
    0,
    1,
    123,
    3,
    2,
    1,
    0,
    10,
    body.length + 4,
    1,
    body.length + 2,
    0,
    ...body,
    11,
  ]);

const ZERO = [65, 0, 253, 15]; // i32.const 0, i8x16.splat
const probes: Readonly<Record<KernelBuild['vectors'], Uint8Array<ArrayBuffer>>> = {
  relaxed: module(...ZERO, ...ZERO, 253, 128, 2), // i8x16.relaxed_swizzle
  simd: module(...ZERO, 253, 98), // i8x16.popcnt
};

/** The fastest vector instructions of this engine, null when it has none. */
export function vectorsOfEngine(): KernelBuild['vectors'] | null {
  return (['relaxed', 'simd'] as const).find((vectors) => WebAssembly.validate(probes[vectors])) ?? null;
}
