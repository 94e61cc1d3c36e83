import { WorkbenchError } from '../core/errors';
import { jsonPieces } from '../core/jsonPieces';
import { word } from '../core/language/say';
import { sayLater } from '../core/language/told';
import { readWeights } from '../core/network/parameters';
import type { Exporter } from './exporter';

/** `{network, weights}` as JSON, which the page and `fit` can read. docs/network.md describes the format. */
export const network: Exporter = {
  id: 'network',
  label: word('network'),
  files: ['network.json'],
  mime: 'application/json',
  note: word('Layers and weights as floats, which this page and the command “fit” read.'),
  async write({ model }) {
    if (!model) throw new WorkbenchError('busy', sayLater('There is no network yet. Let the search begin first.'));
    const file = { network: model.plan.network, weights: await readWeights(model.parameters) };
    return [() => jsonPieces(file)];
  },
};
