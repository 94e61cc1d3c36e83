import { SuperNet } from '../../core/search/supernet';
import type { StepOptions } from '../../core/search/trainingStep';

/**
 * The SuperNet of a step whose few formulas the fused steps have of their own: mixed by plain softmax, all parameters in every
 * step. Null for any other search, and for none.
 */
export function plainSearch({ architecture, excess, bilevel }: StepOptions): SuperNet | null {
  if (!(architecture instanceof SuperNet) || excess !== 'above' || bilevel) return null;
  const { sampling, icv } = architecture.options;
  return sampling.noise === 'none' && !sampling.hard && icv === 0 ? architecture : null;
}
