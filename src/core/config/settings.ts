/** Choices and defaults that the command line and the interface share. */
import type { Choices, Preset, PresetName } from './searchConfig';

export const presetNames = ['quick', 'paper'] as const satisfies readonly PresetName[];

/** What no preset says. Costs are no objective then. */
export const unlessChosen: Omit<Choices, keyof Preset | 'objective'> = { augment: true, randomSeed: 1 };

/** How many built-in pictures a search uses when nobody says otherwise. */
export const builtInPictures = { trainCount: 1600, testCount: 500 } as const;

/** How many built-in pictures the interface offers. */
export const mostBuiltInPictures = { trainCount: 8000, testCount: 1000 } as const;
