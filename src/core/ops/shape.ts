import type { Shape } from './operation';

/** How many numbers a tensor of this shape holds. */
export const numbersIn = (shape: Shape): number => shape.reduce((product, extent) => product * extent, 1);
