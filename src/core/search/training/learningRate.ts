/** Learning rates over a phase, as pure functions of how far the phase has come. */
import type { Schedule } from '../../config/searchConfig';

/** What is left of an exponentially falling rate after each epoch. Source: eml-eda/pytorch-benchmarks, image classification. */
const DECAY = 0.99;

/**
 * The paper's keyword spotting has 0.2 at epochs 12 and 24 of 36; as shares, so that phases of any length have both steps.
 * Source: eml-eda/pytorch-benchmarks, keyword spotting.
 */
const STEPS = { factor: 0.2, at: [1 / 3, 2 / 3] } as const;

/** How far a phase has come. */
export interface PhaseProgress {
  /** From 0. */
  readonly epoch: number;
  /** Steps done over steps planned, in [0, 1). */
  readonly share: number;
}

/** @param base the learning rate at the phase's start */
export function scheduledRate(schedule: Schedule, base: number, { epoch, share }: PhaseProgress): number {
  switch (schedule) {
    case 'constant':
      return base;
    case 'cosine':
      return (base / 2) * (1 + Math.cos(Math.PI * share));
    case 'exponential':
      return base * DECAY ** epoch;
    case 'steps':
      return base * STEPS.factor ** STEPS.at.filter((at) => share >= at).length;
    default:
      return schedule satisfies never;
  }
}

/**
 * Falls by the same factor at every step, from `start` at progress 0 to `end` at progress 1.
 * The softmax temperature of a search follows it.
 */
export function geometric(start: number, end: number, progress: number): number {
  return start * (end / start) ** progress;
}
