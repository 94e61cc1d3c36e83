import { balanceOf } from '../../cost/balance';
import { layerTable } from '../../cost/layerTable';
import { macs as macsOf } from '../../cost/macs';
import { params as paramsOf } from '../../cost/params';
import { costOf, type CostTerm } from '../../cost/terms';
import type { LayerRow } from '../../cost/layerTable';
import type { Score, Subject } from './score';

const total = (count: (row: LayerRow) => CostTerm[], { plan }: Subject) =>
  Promise.resolve(layerTable(plan).reduce((sum, row) => sum + costOf(count(row), row), 0));

/** Number of weights and biases. */
export const params: Score = { id: 'params', most: 10_000, of: (subject) => total(paramsOf, subject) };

/**
 * Sum over layers of the square root of their parameters: the more, the larger a network is and the more evenly its parameters are
 * spread over its layers.
 */
export const balance: Score = {
  id: 'balance',
  most: 10_000,
  of: ({ plan }) => Promise.resolve(layerTable(plan).reduce((sum, row) => sum + balanceOf(row), 0)),
};

/** Multiply-accumulates of one forward pass of one example. */
export const macs: Score = { id: 'macs', most: 10_000, of: (subject) => total(macsOf, subject) };
