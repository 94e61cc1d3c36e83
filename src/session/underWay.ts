/** The refusal of what a search under way is in the way of. */
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';

/** What cannot be done while a search is under way. */
export type AtRest = 'data' | 'start' | 'other' | 'derive' | 'seed' | 'compare' | 'measure';

export function underWay(what: AtRest): WorkbenchError {
  return new WorkbenchError(
    'busy',
    sayLater(
      'A search is under way; stop it before you {what, select, data {change the data} start {start} other {go on with another} derive {derive again} seed {train the seed network} compare {compare} measure {measure a network}}.',
      { what },
    ),
  );
}
