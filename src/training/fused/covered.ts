/** Which searches have a form on plain numbers: a SuperNet mixed by plain softmax, all parameters in every step. */
import { SuperNet } from '../../core/search/supernet';
import type { StepOptions } from '../../core/search/trainingStep';
import { NotCovered } from './program';

/**
 * The SuperNet of a step, null where a network is only trained.
 * @throws NotCovered with the choice that has no such form
 */
export function coveredSupernet(options: StepOptions): SuperNet | null {
  const choice = uncovered(options);
  if (choice !== null) throw new NotCovered(choice);
  return options.architecture as SuperNet | null;
}

/** The choice of a search that has no form on plain numbers; null where there is none. */
export function uncovered({ architecture, excess, bilevel }: StepOptions): string | null {
  if (!architecture) return null;
  if (!(architecture instanceof SuperNet)) return 'a search over channels';
  const { sampling, icv } = architecture.options;
  if (sampling.noise !== 'none') return 'Gumbel noise';
  if (sampling.hard) return 'one candidate at a time';
  if (icv > 0) return 'the inverse coefficient of variation';
  if (excess !== 'above') return 'a penalty on costs below their targets';
  if (bilevel) return 'weights and architecture taking turns';
  return null;
}
