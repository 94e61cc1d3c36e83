/** Choices and defaults that the command line and the interface share. */
import type { PresetName } from './searchConfig';

export const presetNames = ['quick', 'paper'] as const satisfies readonly PresetName[];
