/** Which searches the fused steps cover: a SuperNet mixed by plain softmax, all parameters in every step. */
import { SuperNet } from '../../core/search/supernet';
import type { StepOptions } from '../../core/search/trainingStep';
import { NotCovered } from './program';

/**
 * The SuperNet of a step, null where a network is only trained.
 * @throws NotCovered with the choice that has no fused form
 */
export function coveredSupernet({ architecture, excess, bilevel }: StepOptions): SuperNet | null {
  if (!architecture) return null;
  if (!(architecture instanceof SuperNet)) throw new NotCovered('a search over channels');
  const { sampling, icv } = architecture.options;
  if (sampling.noise !== 'none') throw new NotCovered('Gumbel noise');
  if (sampling.hard) throw new NotCovered('one candidate at a time');
  if (icv > 0) throw new NotCovered('the inverse coefficient of variation');
  if (excess !== 'above') throw new NotCovered('a penalty on costs below their targets');
  if (bilevel) throw new NotCovered('weights and architecture taking turns');
  return architecture;
}
