import { say, word } from '../language/say';
import type { Qualities } from '../search/events';

/** The names of the networks whose quality a run measures, in display order. */
export const qualityNames: Readonly<Record<keyof Qualities, string>> = {
  supernet: word('supernet, candidates mixed'),
  masked: word('network after channel search'),
  derived: word('found network before fine-tuning'),
  final: word('found network'),
  seedNetwork: word('seed network, as many epochs'),
};

/** Each measured quality, in display order. */
export function measuredQualities(qualities: Partial<Qualities>): readonly (readonly [of: keyof Qualities, name: string, value: number])[] {
  return (Object.keys(qualityNames) as (keyof Qualities)[]).flatMap((of) => {
    const value = qualities[of];
    return value === undefined ? [] : [[of, say(qualityNames[of]), value] as const];
  });
}
