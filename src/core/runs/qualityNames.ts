import type { Qualities } from '../search/events';

/** The networks whose quality a run measures, in the order in which people are shown them, in words. */
export const qualityNames: Readonly<Record<keyof Qualities, string>> = {
  supernet: 'supernet, candidates mixed',
  masked: 'network with channels masked',
  derived: 'found network before fine-tuning',
  final: 'found network',
  seedNetwork: 'seed network, as many epochs',
};

/** Each quality that was measured, in that order. */
export function measuredQualities(qualities: Partial<Qualities>): readonly (readonly [of: keyof Qualities, name: string, value: number])[] {
  return (Object.keys(qualityNames) as (keyof Qualities)[]).flatMap((of) => {
    const value = qualities[of];
    return value === undefined ? [] : [[of, qualityNames[of], value] as const];
  });
}
