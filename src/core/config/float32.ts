/** Training computes in 32-bit floating-point numbers: a setting that is nothing or infinite there is not the one that was made. */
import type { MetricId } from '../cost/metrics';
import { WorkbenchError } from '../errors';
import type { SearchConfig } from './searchConfig';
import { metricTexts } from '../cost/metricTexts';

/** The least number with all its digits. Graphics cards take what is smaller for 0, and its reciprocal is infinite or nearly so. */
const LEAST = 2 ** -126;
const MOST = (2 - 2 ** -23) * 2 ** 127;

/**
 * Holds every number of a search's config against what 32 bits can tell from 0 and from infinity.
 * @throws WorkbenchError `invalid-setting` that names the first setting which they cannot
 */
export function assertInFloat32(config: SearchConfig): void {
  const { weightRate, archRate, warmup, weightDecay, temperature, icv, objective, targets } = config;
  const temperatures: readonly Setting[] = [
    ['temperature at the start', temperature.start],
    ['temperature at the end', temperature.end],
  ];
  const others: readonly Setting[] = [
    ['learning rate of the weights', weightRate],
    ['learning rate of the architecture', archRate],
    ['learning rate of warm-up', warmup.rate ?? weightRate],
    ['weight decay', weightDecay],
    ['strength against equal weights (ICV)', icv],
    ['strength of the objective', objective?.strength ?? 0],
    ...Object.entries(targets).map(([metric, target]) => [`${metricTexts[metric as MetricId].word} target`, target] as const),
  ];
  // Parameters are divided by a temperature; the others may be 0 where somebody wants them to be.
  const lost = temperatures.find(([, value]) => !isHeld(value)) ?? others.find(([, value]) => value !== 0 && !isHeld(value));
  if (!lost) return;
  const [setting, value] = lost;
  const taken = Math.abs(value) < LEAST ? '0' : 'no finite number';
  throw new WorkbenchError(
    'invalid-setting',
    `The ${setting} is ${value}, which is ${taken} in the 32-bit numbers of training: set it between ${LEAST.toPrecision(2)} and ${MOST.toPrecision(2)}.`,
    { setting, value },
  );
}

/** Its name in words, and its value. */
type Setting = readonly [string, number];

const isHeld = (value: number) => Math.abs(value) >= LEAST && Math.abs(value) <= MOST;
