/** Choices and defaults that the command line and the interface share. */
import type { Targets } from './constraints';
import type { PresetName, SearchConfig } from './searchConfig';

export const methods = ['supernet'] as const satisfies readonly SearchConfig['method'][];
export const presetNames = ['quick', 'paper'] as const satisfies readonly PresetName[];

/** Targets at first: about half of ResNet-8's flash and four fifths of its latency. */
export const defaultTargets = { flashBytes: 40_000, latencyMs: 6 } as const satisfies Targets;

/** How many built-in pictures a search uses when nobody says otherwise. */
export const builtInPictures = { trainCount: 1600, testCount: 500 } as const;

/** How many built-in pictures the interface offers. */
export const mostBuiltInPictures = { trainCount: 8000, testCount: 1000 } as const;
