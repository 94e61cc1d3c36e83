/** Discretisation: a supernet with one candidate chosen in every mixed operation becomes an ordinary network. */
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import type { Candidate, Layer, MixedOp, Network } from './network';

/** The chosen candidate's name by the mixed operation's id. */
export type Choice = Readonly<Record<string, string>>;

/**
 * The derived network. A chosen candidate's layers take the ids `mixedOpId/candidate/index`, which are the prefixes that
 * their parameters had in the supernet: trained weights carry over under the same names.
 *
 * @throws WorkbenchError `invalid-network` when a mixed operation has no choice, or one that it does not offer
 */
export function chooseCandidates(supernet: Network, choice: Choice): Network {
  const replaced = new Map<string, string>();
  const layers: Layer[] = [];
  for (const layer of supernet.layers) {
    const inputs = layer.inputs.map((input) => replaced.get(input) ?? input);
    if (layer.op !== 'mixedOp') {
      layers.push({ ...layer, inputs });
      continue;
    }
    const candidate = chosen(layer, choice[layer.id]);
    let before = inputs;
    candidate.layers.forEach((attributes, index) => {
      const id = `${layer.id}/${candidate.name}/${index}`;
      layers.push({ ...attributes, id, inputs: before });
      before = [id];
    });
    replaced.set(layer.id, before[0] as string);
  }
  return { input: supernet.input, layers };
}

function chosen(layer: MixedOp & { readonly id: string }, name: string | undefined): Candidate {
  const candidate = layer.candidates.find((item) => item.name === name);
  if (candidate) return candidate;
  const offered = layer.candidates.map((item) => item.name).join(', ');
  throw new WorkbenchError(
    'invalid-network',
    sayLater('mixed operation "{layer}" offers {offered}, not {name}', { layer: layer.id, offered, name: String(name) }),
  );
}
