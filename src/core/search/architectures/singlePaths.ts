/** Trains one path of a supernet per step: one candidate at every place, fairly chosen. It learns no architecture parameters. */
import { costTable } from '../../cost/costTable';
import { plain } from '../../network/forward';
import type { NetworkPlan } from '../../network/plan';
import type { Random } from '../../random';
import type { ArchitecturePass, ArchitectureState, Purpose } from '../training/architecture';
import { SuperNet } from './supernet';

/** Noise that decides by itself which candidate is the likeliest, whatever the architecture parameters are. */
const DECISIVE = 1000;

export class SinglePaths extends SuperNet {
  override readonly singlePath = true;
  /** Candidates that each place has still to train before any of them comes again. */
  #left: number[][];

  constructor(
    plan: NetworkPlan,
    private readonly random: Random,
  ) {
    const sampling = { noise: 'gumbel', hard: true } as const;
    super(plan, costTable(plan, []), { temperature: { start: 1, end: 1 }, sampling, icv: 0, random });
    this.#left = this.mixedOps.map(() => []);
  }

  /** A training pass draws its path. */
  override pass(purpose: Purpose): ArchitecturePass {
    if (purpose === 'evaluation') return super.pass(purpose);
    return {
      path: this.planOf(this.choice(this.drawPath())),
      forward: plain,
      costs: () => this.expectedCosts(new Map()),
      regularization: () => null,
      readings: () => [...this.probabilities().values()],
    };
  }

  /**
   * Picks every place's candidate by chance, but each equally often: a place draws all of its candidates before one comes again.
   * Source: Chu et al., FairNAS, arXiv 1907.01845 ("strict fairness"), for places of different size.
   * @returns per place the index of its candidate
   */
  drawPath(): number[] {
    return this.mixedOps.map(({ candidates }, place) => {
      const left = this.#left[place] as number[];
      if (left.length === 0) left.push(...this.random.shuffle(candidates.map((_, candidate) => candidate)));
      return left.pop() as number;
    });
  }

  /** A path as noise, for a step that computes all candidates and lets one of each place through. */
  override drawNoise(): number[][] {
    const path = this.drawPath();
    return this.mixedOps.map(({ candidates }, place) => candidates.map((_, candidate) => (candidate === path[place] ? DECISIVE : 0)));
  }

  override state(): ArchitectureState {
    return { ...super.state(), left: this.#left.map((candidates) => [...candidates]) };
  }

  override restore(state: ArchitectureState): void {
    super.restore(state);
    if (state.left) this.#left = state.left.map((candidates) => [...candidates]);
  }
}
