import { INPUT } from '../../network/input';
import { operationsOf, type NetworkPlan, type PlannedLayer } from '../../network/plan';
import type { Score } from './score';

/**
 * NN-Mass: how many channels its shortcuts carry past other layers, in channels. It reads the plan alone.
 *
 * A cell has layers of w_0, w_1, ... w_d channels. A long-range link leads a channel of layer j into layer i past at least one layer
 * between them. The density of a cell is its long-range links over all that it could have, and
 *
 *   mass = Σ over cells of density · Σ_i w_i,
 *
 * which for equal widths is the paper's density · width · depth. Here each sum of two layers makes a cell: layer 0 is the one that
 * the shortcut brings, then come the layers with weights that it passes, and last the sum. The shortcut is its only long-range link
 * (per channel). A network without sums has no mass.
 *
 * Source: Bhardwaj et al., arXiv 1910.00780, definitions 1 and 2; shortcuts that add are its section on ResNets.
 */
export const nnMass: Score = { id: 'nn-mass', most: 10_000, of: ({ plan }) => Promise.resolve(mass(plan)) };

function mass(plan: NetworkPlan): number {
  const layers = new Map(plan.layers.map((layer) => [layer.id, layer]));
  return plan.layers.reduce((sum, layer) => sum + (layer.inputs.length > 1 ? cellMass(layer, layers) : 0), 0);
}

function cellMass({ inputs, outputShape }: PlannedLayer, layers: ReadonlyMap<string, PlannedLayer>): number {
  const [one, other] = inputs.map((input) => chainTo(input, layers)) as [string[], string[]];
  const widths = [one, other]
    .map((chain) => {
      const before = chain === one ? other : one;
      const own = chain.slice(
        0,
        chain.findIndex((id) => before.includes(id)),
      );
      return own.toReversed().flatMap((id) => weightWidths(layers.get(id)));
    })
    .toSorted((a, b) => a.length - b.length)[1] as number[];
  if (widths.length === 0) return 0;
  const carried = outputShape.at(-1) as number;
  const cell = [carried, ...widths, carried];
  let [before, possible] = [0, 0];
  for (let i = 2; i < cell.length; i++) {
    before += cell[i - 2] as number;
    possible += before;
  }
  return (carried / possible) * cell.reduce((sum, width) => sum + width, 0);
}

/** The ids of a layer and of those before it along first inputs, back to the network's input. */
function chainTo(id: string, layers: ReadonlyMap<string, PlannedLayer>): string[] {
  return id === INPUT ? [id] : [id, ...chainTo(layers.get(id)?.inputs[0] as string, layers)];
}

/** The output channels of a layer with weights; none for other layers. */
function weightWidths(layer: PlannedLayer | undefined): number[] {
  return (layer ? operationsOf(layer) : [])
    .filter(({ parameters }) => parameters.some(({ name }) => name === 'kernel'))
    .map(({ outputShape }) => outputShape.at(-1) as number);
}
