import type { Qualities } from '../search/events';

/** The names of the networks whose quality a run measures, in display order. */
export const qualityNames: Readonly<Record<keyof Qualities, string>> = {
  supernet: 'supernet, candidates mixed',
  masked: 'network after channel search',
  derived: 'found network before fine-tuning',
  final: 'found network',
  seedNetwork: 'seed network, as many epochs',
};

/** Each measured quality, in display order. */
export function measuredQualities(qualities: Partial<Qualities>): readonly (readonly [of: keyof Qualities, name: string, value: number])[] {
  return (Object.keys(qualityNames) as (keyof Qualities)[]).flatMap((of) => {
    const value = qualities[of];
    return value === undefined ? [] : [[of, qualityNames[of], value] as const];
  });
}
