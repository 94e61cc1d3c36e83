/**
 * What each layer costs while its candidates are weighed and channels are removed. It reads plain facts and no plan, because the page
 * that shows these costs must not load operations.
 */
import type { OperationFacts } from './layerFacts';
import type { Metric } from './metrics';
import { costOf } from './terms';

/** A layer with its operations, in order; those of a candidate follow each other. */
export interface FactsOfLayer {
  readonly id: string;
  readonly inputs: readonly string[];
  /** Names of the candidates; empty for a layer that is not searched. */
  readonly candidates: readonly string[];
  readonly operations: readonly OperationFacts[];
}

/** The network whose costs are asked for. */
export interface Expected {
  /** How much a candidate counts, from 0 to 1; those of a layer sum to 1. */
  weight(layer: string, candidate: number): number;
  /** The part of its output channels that an operation keeps, from 0 to 1; null where none can be removed. */
  kept(path: string): number | null;
}

/**
 * Costs per layer and metric, in the metrics' units; those of a mixed operation are its candidates' costs times their weights. A
 * layer's peak RAM is what is in memory while it runs. Summed over layers, a cost lacks what the device takes for any network.
 * @param layers all of a network, each after those that it reads
 * @param metrics in the order in which the facts have them
 */
export function layerCosts(
  layers: readonly FactsOfLayer[],
  metrics: readonly Pick<Metric, 'divisor' | 'combine'>[],
  expected: Expected,
): ReadonlyMap<string, readonly number[]> {
  const parts = outputParts(layers, expected);
  const partOf = (value: string) => parts.get(value) ?? 1;
  const costsOf = (operations: readonly OperationFacts[], input: number): number[] => {
    const costs = metrics.map(() => 0);
    let before = input;
    for (const { path, inChannels, outChannels, terms, live } of operations) {
      const after = partOf(path);
      const channels = { inChannels: countOf(before, inChannels), outChannels: countOf(after, outChannels) };
      metrics.forEach(({ divisor, combine }, at) => {
        const [sum, more] = [costs[at] as number, terms[at] ?? []];
        if (combine === 'sum') costs[at] = sum + costOf(more, channels) / divisor;
        else costs[at] = Math.max(sum, live.reduce((total, { name, bytes }) => total + bytes * partOf(name), 0) / divisor);
      });
      before = after;
    }
    return costs;
  };
  return new Map(
    layers.map(({ id, inputs, candidates, operations }) => {
      const input = partOf(inputs[0] as string);
      if (candidates.length === 0) return [id, costsOf(operations, input)];
      const costs = metrics.map(() => 0);
      candidates.forEach((name, index) => {
        const weight = expected.weight(id, index);
        const chain = operations.filter(({ candidate }) => candidate === name);
        costsOf(chain, input).forEach((cost, at) => (costs[at] = (costs[at] as number) + weight * cost));
      });
      return [id, costs];
    }),
  );
}

/**
 * The part of its channels, from 0 to 1, that each value keeps: by layer, and by path within a mixed operation. That of a mixed
 * operation is its candidates' parts times their weights.
 * @param layers as for `layerCosts`
 */
export function outputParts(layers: readonly FactsOfLayer[], expected: Expected): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  const pass = (operations: readonly OperationFacts[], input: number): number => {
    let part = input;
    for (const { path, passesChannels } of operations) parts.set(path, (part = expected.kept(path) ?? (passesChannels ? part : 1)));
    return part;
  };
  for (const { id, inputs, candidates, operations } of layers) {
    const input = parts.get(inputs[0] as string) ?? 1;
    const chains =
      candidates.length === 0
        ? [pass(operations, input)]
        : candidates.map((name, index) => {
            const chain = operations.filter(({ candidate }) => candidate === name);
            return expected.weight(id, index) * pass(chain, input);
          });
    parts.set(
      id,
      chains.reduce((sum, part) => sum + part, 0),
    );
  }
  return parts;
}

/** A part of some channels. What rounding adds to a whole number must not fill another block of a device. */
const countOf = (part: number, channels: number) => Math.round(part * channels * 1e6) / 1e6;
