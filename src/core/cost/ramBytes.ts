import type { ActivationStep } from './activations';

/** Bytes of int8 activations in memory while an operation runs; a network needs the most that any of its operations needs. */
export function ramBytes({ live }: ActivationStep): number {
  return live.reduce((total, { bytes }) => total + bytes, 0);
}
