/** Choices and defaults that the command line and the interface share. */
import type { Choices, Preset, PresetName, SearchConfig, Start } from './searchConfig';

export const presetNames = ['quick', 'paper'] as const satisfies readonly PresetName[];

/** Settings that no preset contains. There is no objective by default. */
export const unlessChosen: Omit<Choices, keyof Preset | 'objective'> = {
  augment: true,
  randomSeed: 1,
  space: 'any',
  budget: null,
  networks: null,
  largestBy: 'params',
  score: 'balance',
};

/** The start of candidates alone, as runs and links name it from before channels had a start too. */
export const bothStarts = (start: Start | SearchConfig['start']): SearchConfig['start'] =>
  typeof start === 'string' ? { candidates: start, channels: 'even' } : start;
