/** What to tell people of a device whose costs are known roughly only. */
import type { Device } from './devices/device';
import type { Metric } from './metrics';
import { metricTexts } from './metricTexts';

/**
 * Relative error from which on a model is warned of. The published boards whose software was measured on more than one board
 * stay below it (docs/cost-models.md), so a fit to whole networks can do better.
 */
const LARGE = 0.3;

/** A sentence for each metric that the device's model may miss by far. */
export function modelWarnings({ modelErrors = {} }: Device, metrics: readonly Metric[]): string[] {
  return metrics.flatMap(({ id }) => {
    const error = id === 'latencyMs' || id === 'energyUj' ? modelErrors[id] : undefined;
    if (error === undefined || error < LARGE) return [];
    const known = error > 1 ? '± 100 % at best' : `± ${Math.round(100 * error)} %`;
    return [
      `${metricTexts[id].name} on this device is known to ${known}: so far was its model off for a measured network that it was not fitted to. A target that counts as met may be missed there, so measure the found network on the device.`,
    ];
  });
}
