/**
 * Picks one candidate per mixed operation for the best total score within every limit: a multiple-choice knapsack with several
 * budgets, solved exactly by dynamic programming over the positions. Dominated partial choices are dropped.
 */

export interface Knapsack {
  /** Score of each candidate, per position; the sum over positions is maximised. */
  readonly scores: readonly (readonly number[])[];
  /** Costs of each candidate, per position: candidates[position][candidate][constraint]. Not negative. */
  readonly costs: readonly (readonly (readonly number[])[])[];
  /** Cost per constraint that every choice has. */
  readonly fixed: readonly number[];
  /** Whether a constraint allows a total cost; if it allows a cost, it must allow every smaller one. */
  readonly fits: (total: number, constraint: number) => boolean;
}

/** A partial choice, newest pick first. */
interface Partial {
  readonly score: number;
  readonly costs: readonly number[];
  readonly pick: number;
  readonly before: Partial | null;
}

/** @returns the index of the chosen candidate per position, or null when no choice fits */
export function solveKnapsack({ scores, costs, fixed, fits }: Knapsack): number[] | null {
  const remaining = cheapestFrom(costs, fixed.length);
  const possible = (total: readonly number[], next: number) =>
    total.every((cost, constraint) => fits(cost + ((remaining[next] as number[])[constraint] as number), constraint));

  if (!possible(fixed, 0)) return null;
  let partials: Partial[] = [{ score: 0, costs: fixed, pick: -1, before: null }];
  scores.forEach((candidateScores, position) => {
    const extended: Partial[] = [];
    for (const before of partials)
      candidateScores.forEach((score, pick) => {
        const own = (costs[position] as number[][])[pick] as number[];
        const total = before.costs.map((cost, constraint) => cost + (own[constraint] as number));
        if (possible(total, position + 1)) extended.push({ score: before.score + score, costs: total, pick, before });
      });
    partials = withoutDominated(extended);
  });
  const best = partials[0];
  return best ? picksOf(best) : null;
}

/** Least cost per constraint of the positions from each position on. */
function cheapestFrom(costs: Knapsack['costs'], constraints: number): number[][] {
  const least: number[][] = [new Array<number>(constraints).fill(0)];
  for (const candidates of costs.toReversed()) {
    const after = least[0] as number[];
    least.unshift(after.map((cost, constraint) => cost + Math.min(...candidates.map((own) => own[constraint] as number))));
  }
  return least;
}

/** Keeps, best score first, the partial choices that no other one matches or beats in score and in every cost. */
function withoutDominated(partials: Partial[]): Partial[] {
  const kept: Partial[] = [];
  for (const partial of partials.toSorted((a, b) => b.score - a.score || compareCosts(a.costs, b.costs)))
    if (!kept.some((better) => better.costs.every((cost, i) => cost <= (partial.costs[i] as number)))) kept.push(partial);
  return kept;
}

function compareCosts(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((cost, i) => cost !== b[i]);
  return first < 0 ? 0 : (a[first] as number) - (b[first] as number);
}

function picksOf(last: Partial): number[] {
  const picks: number[] = [];
  for (let at: Partial = last; at.before; at = at.before) picks.unshift(at.pick);
  return picks;
}
