/** The numbers that training can hold: it computes in 32-bit floating point. */
import { sayLater } from '../language/told';

/** Graphics cards turn smaller positive numbers into 0, and their reciprocals are infinite or nearly so. */
const LEAST_FLOAT32 = 2 ** -126;
const MOST_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

export const isInFloat32 = (value: number) => value === 0 || (Math.abs(value) >= LEAST_FLOAT32 && Math.abs(value) <= MOST_FLOAT32);

/** What a number that is not such a one is refused with, as the end of a sentence. */
export const float32Range = () =>
  sayLater('a number that 32 bits hold ({least} to {most})', { least: LEAST_FLOAT32.toPrecision(2), most: MOST_FLOAT32.toPrecision(2) });
