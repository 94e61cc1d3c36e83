/** Warnings about a device whose costs are known only roughly. */
import { sayLater, type Told } from '../language/told';
import type { Device } from './devices/device';
import type { Metric } from './metrics';
import { metricTexts } from './metricTexts';

/**
 * The smallest relative error of a model that causes a warning. Published boards whose software was measured on more than one board
 * stay below it (docs/cost-models.md), so a good fit to whole networks causes none.
 */
const LARGE = 0.3;

/** A sentence for each metric for which the device's model may be far off. */
export function modelWarnings({ modelErrors = {} }: Device, metrics: readonly Metric[]): Told[] {
  return metrics.flatMap(({ id }) => {
    const error = id === 'latencyMs' || id === 'energyUj' ? modelErrors[id] : undefined;
    if (error === undefined || error < LARGE) return [];
    return [
      sayLater(
        '{cost} on this device is {known, select, roughly {known only roughly} other {known to ± {percent} %}}: its model was off by {percent} % for a measured network that it was not fitted to. A target that counts as met may be missed there, so measure the found network on the device.',
        { cost: sayLater(metricTexts[id].name), known: error > 1 ? 'roughly' : 'within', percent: String(Math.round(100 * error)) },
      ),
    ];
  });
}
