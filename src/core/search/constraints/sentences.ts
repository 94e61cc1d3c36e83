/** Error texts about targets that cannot be met, with the way out. */
import { semicolonsLater, sentencesLater } from '../../language/lists';
import { said, sayLater, type Told } from '../../language/told';
import type { MetricId } from '../../cost/metrics';
import { WorkbenchError } from '../../errors';
import { leastText, metricTexts } from '../../cost/metricTexts';
import type { Shortfall } from './constraint';

/** @param among the kind of thing that was searched in vain */
export function infeasible(missing: readonly Shortfall[], among: 'networks' | 'channels' = 'networks'): WorkbenchError {
  const none =
    among === 'networks'
      ? sayLater('No network in this search space meets these targets.')
      : sayLater('No choice of channels meets these targets.');
  return new WorkbenchError('infeasible-targets', sentencesLater([none, shortfallLater(missing)]), { shortfall: missing });
}

/** The error for a found network whose recounted costs exceed some of its targets. */
export function missed(broken: readonly { readonly metric: MetricId; readonly target: number; readonly value: number }[]): WorkbenchError {
  const each = broken.map(({ metric, target, value }) =>
    sayLater('{cost} is {value}, its target {target}', { cost: costWord(metric), value: String(value), target: String(target) }),
  );
  return new WorkbenchError(
    'infeasible-targets',
    sayLater('The found network does not meet its targets when it is counted anew: {each}. Raise them a little and derive again.', {
      each: semicolonsLater(each),
    }),
    { broken },
  );
}

function shortfallLater(missing: readonly Shortfall[]): Told {
  const alone = missing.filter(({ target, minimum }) => target < minimum);
  if (alone.length > 0)
    return sentencesLater(
      alone.map(({ metric, minimum }) =>
        sayLater('The least {cost} within reach is {least}; raise the {cost} target to that or more.', {
          cost: costWord(metric),
          least: leastText(metric, minimum),
        }),
      ),
    );
  const ways = missing.flatMap(({ metric, minimumWithinOthers }) =>
    minimumWithinOthers === null
      ? []
      : [sayLater('raise the {cost} target to {least} or more', { cost: costWord(metric), least: leastText(metric, minimumWithinOthers) })],
  );
  const either = ways.reduce<Told>((some, way) => (some === '' ? way : sayLater('{some}, or {way}', { some, way })), '');
  return sayLater('Each can be met alone, but not together: {ways}.', { ways: either });
}

/** Says which targets to raise and how far, in one or two sentences. */
export const shortfallText = (missing: readonly Shortfall[]): string => said(shortfallLater(missing));

const costWord = (metric: MetricId) => sayLater(metricTexts[metric].word);
