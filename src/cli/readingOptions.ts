/** How the examples of a search are read again, by commands that take its run. */
import { wholeRange } from '../core/config/domain';
import type { Reading } from '../core/data/reading';
import { oneOf, readNumberIn } from './optionValue';

export const readingOptions = {
  'hold-out': { type: 'string' },
  variants: { type: 'string' },
  features: { type: 'string', default: 'mfcc' },
} as const;

/** @throws WorkbenchError `invalid-setting` */
export const readingOf = ({ 'hold-out': holdOut, variants, features }: GivenReading): Reading => ({
  holdOut: holdOut ?? null,
  variants: variants === undefined ? null : readNumberIn('--variants', variants, wholeRange(1, 100)),
  feature: oneOf('--features', features, ['mfcc', 'mlperfMfcc'] as const),
});

interface GivenReading {
  readonly 'hold-out'?: string;
  readonly variants?: string;
  readonly features: string;
}
