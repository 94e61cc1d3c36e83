/** How a person's own examples are read, where their files leave a choice. Other readings give other examples. */
export interface Reading {
  /** Whose examples test, such as a speaker; null for the format's own split. */
  readonly holdOut: string | null;
  /** How often each training clip of a word is there; null for as often as a search takes it by itself. */
  readonly variants: number | null;
  /** What spoken words become. */
  readonly feature: 'mfcc' | 'mlperfMfcc';
}

/** As often as a search takes each training clip by itself. */
export const usualVariants = ({ variants }: { readonly variants?: number }, augment: boolean): number =>
  (augment ? variants : undefined) ?? 1;

/** A page offers no choice: clips have their variants there even where a search changes nothing at random. */
export const readingOnPage = ({ variants = 1 }: { readonly variants?: number }) => ({ holdOut: null, variants, feature: 'mfcc' }) as const;
