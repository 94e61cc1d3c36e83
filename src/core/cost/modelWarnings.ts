/** Warnings about a device whose costs are known only roughly. */
import type { Device } from './devices/device';
import type { Metric } from './metrics';
import { metricTexts } from './metricTexts';

/**
 * The smallest relative error of a model that causes a warning. Published boards whose software was measured on more than one board
 * stay below it (docs/cost-models.md), so a good fit to whole networks causes none.
 */
const LARGE = 0.3;

/** A sentence for each metric for which the device's model may be far off. */
export function modelWarnings({ modelErrors = {} }: Device, metrics: readonly Metric[]): string[] {
  return metrics.flatMap(({ id }) => {
    const error = id === 'latencyMs' || id === 'energyUj' ? modelErrors[id] : undefined;
    if (error === undefined || error < LARGE) return [];
    const known = error > 1 ? 'known only roughly' : `known to ± ${Math.round(100 * error)} %`;
    return [
      `${metricTexts[id].name} on this device is ${known}: its model was off by ${Math.round(100 * error)} % for a measured network that it was not fitted to. A target that counts as met may be missed there, so measure the found network on the device.`,
    ];
  });
}
