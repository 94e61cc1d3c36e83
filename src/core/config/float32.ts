/** The numbers that training can hold: it computes in 32-bit floating point. */

/** Graphics cards turn smaller positive numbers into 0, and their reciprocals are infinite or nearly so. */
const LEAST_FLOAT32 = 2 ** -126;
const MOST_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

export const isInFloat32 = (value: number) => value === 0 || (Math.abs(value) >= LEAST_FLOAT32 && Math.abs(value) <= MOST_FLOAT32);

export const FLOAT32_TEXT = `a number that 32 bits hold (${LEAST_FLOAT32.toPrecision(2)} to ${MOST_FLOAT32.toPrecision(2)})`;
