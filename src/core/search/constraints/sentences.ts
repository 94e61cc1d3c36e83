/** Error texts about targets that cannot be met, with the way out. */
import type { MetricId } from '../../cost/metrics';
import { WorkbenchError } from '../../errors';
import { leastText, metricTexts } from '../../cost/metricTexts';
import type { Shortfall } from './constraint';

/** @param among the kind of thing that was searched in vain */
export function infeasible(missing: readonly Shortfall[], among = 'network in this search space'): WorkbenchError {
  return new WorkbenchError('infeasible-targets', `No ${among} meets these targets. ${shortfallText(missing)}`, { shortfall: missing });
}

/** The error for a derived network whose recounted costs exceed some of its targets. */
export function missed(broken: readonly { readonly metric: MetricId; readonly target: number; readonly value: number }[]): WorkbenchError {
  const each = broken.map(({ metric, target, value }) => `${word(metric)} is ${value}, its target ${target}`).join('; ');
  return new WorkbenchError(
    'infeasible-targets',
    `The network that was derived does not meet its targets when it is counted anew: ${each}. Raise them a little and derive again.`,
    { broken },
  );
}

/** Says which targets to raise and how far, in one or two sentences. */
export function shortfallText(missing: readonly Shortfall[]): string {
  const alone = missing.filter(({ target, minimum }) => target < minimum);
  if (alone.length > 0)
    return alone
      .map(
        ({ metric, minimum }) =>
          `The least ${word(metric)} within reach is ${leastText(metric, minimum)}; raise the ${word(metric)} target to that or more.`,
      )
      .join(' ');
  const ways = missing.flatMap(({ metric, minimumWithinOthers }) =>
    minimumWithinOthers === null ? [] : [`raise the ${word(metric)} target to ${leastText(metric, minimumWithinOthers)} or more`],
  );
  return `Each can be met alone, but not together: ${ways.join(', or ')}.`;
}

const word = (metric: MetricId) => metricTexts[metric].word;
