/** Learning rates over a phase, as pure functions of the progress in it. */
import type { Schedule } from '../../config/searchConfig';

/** The factor by which an exponentially falling rate falls each epoch. Source: eml-eda/pytorch-benchmarks, image classification. */
const DECAY = 0.99;

/**
 * Where the rate falls in a stepped schedule, as shares of a phase, so that phases of any length have both falls. The paper's
 * keyword spotting has them at epochs 12 and 24 of 36, to a fifth each. Source: eml-eda/pytorch-benchmarks, keyword spotting.
 */
const STEPS = { factor: 0.2, at: [1 / 3, 2 / 3] } as const;

/** The progress in a phase. */
export interface PhaseProgress {
  /** From 0. */
  readonly epoch: number;
  /** Steps done over steps planned, in [0, 1). */
  readonly share: number;
}

/** @param base the learning rate at the phase's start */
export function scheduledRate(schedule: Schedule, base: number, { epoch, share }: PhaseProgress): number {
  if (typeof schedule !== 'string') return base * (schedule.findLast(([from]) => epoch >= from)?.[1] ?? 1);
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
 * Falls by the same factor at every step, from `start` at progress 0 to `end` at progress 1. The softmax temperature of a search
 * follows this curve.
 */
export function geometric(start: number, end: number, progress: number): number {
  return start * (end / start) ** progress;
}
