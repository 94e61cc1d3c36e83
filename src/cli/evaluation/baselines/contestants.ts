/** What is compared: every strategy, once per space that it can search. */
import type { SpaceKind } from '../../../core/config/searchConfig';
import { strategies } from '../../../core/strategies/index';

export interface Contestant {
  /** Unique: the strategy's id, with the space for strategies that search either. */
  readonly id: string;
  readonly method: string;
  /** Kinds of spaces, in the order in which they are searched. */
  readonly searches: readonly [SpaceKind, ...SpaceKind[]];
  /** Chosen for strategies that search either. */
  readonly space: SpaceKind | 'any';
}

/** The plain choice that searches are held against. */
export const PLAIN = 'largest';

/** @param methods ids of strategies; all by default */
export function contestants(methods: readonly string[] = strategies.map(({ id }) => id)): Contestant[] {
  return strategies
    .filter(({ id }) => methods.includes(id))
    .flatMap(({ id, searches, eitherSpace }): Contestant[] =>
      eitherSpace
        ? searches.map((space) => ({ id: `${id} ${space}`, method: id, searches: [space], space }))
        : [{ id, method: id, searches, space: 'any' }],
    );
}

/** Contestants with equal keys have the same networks to choose from, and as many epochs. */
export const spaceKey = ({ searches }: Pick<Contestant, 'searches'>): string => searches.join('+');
