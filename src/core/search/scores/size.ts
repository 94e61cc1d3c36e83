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

/** How many parameters a network has and how evenly they are spread over what its space searches. */
export const balance: Score = { id: 'balance', most: 10_000, of: (subject) => Promise.resolve(subject.balance()) };

/** Multiply-accumulates of one forward pass of one example. */
export const macs: Score = { id: 'macs', most: 10_000, of: (subject) => total(macsOf, subject) };
