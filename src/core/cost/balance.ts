/** How many parameters layers have, and how evenly they are spread: a layer's are worth less the more it has already. */
import type { LayerRow } from './layerTable';
import { params } from './params';
import { costOf } from './terms';

/** A layer's part of the balance of a network, which is the sum over its layers. */
export const balanceOf = (row: LayerRow): number => balanceFrom(costOf(params(row), row));

/** @param count parameters of a layer */
export const balanceFrom = (count: number): number => Math.sqrt(count);
