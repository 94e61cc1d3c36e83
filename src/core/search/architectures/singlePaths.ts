/** Trains one path of a supernet per step: one candidate at every place, fairly chosen. It learns no architecture parameters. */
import { costTable } from '../../cost/costTable';
import type { NetworkPlan } from '../../network/plan';
import type { Random } from '../../random';
import { SuperNet } from './supernet';

/** Noise that decides by itself which candidate is the likeliest, whatever the architecture parameters are. */
const DECISIVE = 1000;

export class SinglePaths extends SuperNet {
  /** Candidates that each place has still to train before any of them comes again. */
  readonly #left: number[][];

  constructor(
    plan: NetworkPlan,
    private readonly random: Random,
  ) {
    const sampling = { noise: 'gumbel', hard: true } as const;
    super(plan, costTable(plan, []), { temperature: { start: 1, end: 1 }, sampling, icv: 0, random });
    this.#left = this.mixedOps.map(() => []);
  }

  /**
   * Picks every place's candidate by chance, but each equally often: a place draws all of its candidates before one comes again.
   * Source: Chu et al., FairNAS, arXiv 1907.01845 ("strict fairness"), for places of different size.
   */
  override drawNoise(): number[][] {
    return this.mixedOps.map(({ candidates }, place) => {
      const left = this.#left[place] as number[];
      if (left.length === 0) left.push(...this.random.shuffle(candidates.map((_, candidate) => candidate)));
      const picked = left.pop();
      return candidates.map((_, candidate) => (candidate === picked ? DECISIVE : 0));
    });
  }
}
