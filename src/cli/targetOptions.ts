/** The options that limit a cost, and how they become a search's targets. */
import type { MetricId, Targets } from '../core/cost/metrics';
import { limitedAtFirst, startingTarget, withinDevice, type TargetSpace } from '../core/search/constraints/targets';
import { usageError } from './exit';
import { parseCount, parseQuantity } from './quantity';

/** Each option with the metric that it limits. */
const limits = {
  memory: { metric: 'flashBytes', read: (text: string) => parseQuantity('--memory', text, 'bytes') },
  latency: { metric: 'latencyMs', read: (text: string) => parseQuantity('--latency', text, 'milliseconds') },
  ram: { metric: 'ramBytes', read: (text: string) => parseQuantity('--ram', text, 'bytes') },
  energy: { metric: 'energyUj', read: (text: string) => parseQuantity('--energy', text, 'microjoules') },
  macs: { metric: 'macs', read: (text: string) => parseCount('--macs', text) },
  params: { metric: 'params', read: (text: string) => parseCount('--params', text) },
} as const satisfies Record<string, { metric: MetricId; read: (text: string) => number }>;

type LimitOption = keyof typeof limits;

/** The metric that each option limits. */
export const metricOf: Readonly<Record<string, MetricId>> = Object.fromEntries(
  Object.entries(limits).map(([option, { metric }]) => [option, metric]),
);

export const limitOptions = {
  memory: { type: 'string' },
  latency: { type: 'string' },
  ram: { type: 'string' },
  energy: { type: 'string' },
  macs: { type: 'string' },
  params: { type: 'string' },
} as const satisfies Record<LimitOption, { type: 'string' }>;

export const LIMITS_HELP = `\
  --memory SIZE        most flash memory the network may take: B, kB, MB, KiB or MiB (default: about half of the seed network's)
  --latency TIME       longest time of one inference on the device: us, ms or s (default: about 4/5 of the seed network's)
  --ram SIZE           most RAM for activations at any moment (default: no limit but the device's own)
  --energy ENERGY      most energy of one inference: nJ, uJ, mJ or J (default: no limit)
  --macs COUNT         most multiply-accumulates, such as 5M (default: no limit)
  --params COUNT       most weights and biases, such as 60k (default: no limit)
                       each also takes "none" for no limit`;

/** The given limits; null for "none". */
export type GivenLimits = Readonly<Partial<Record<MetricId, number | null>>>;

/** @throws WorkbenchError `invalid-setting` that names the option */
export function readLimits(values: Readonly<Partial<Record<LimitOption, string>>>): GivenLimits {
  const given = (Object.keys(limits) as LimitOption[]).flatMap((option) => {
    const text = values[option];
    return text === undefined ? [] : [[limits[option].metric, text === 'none' ? null : limits[option].read(text)] as const];
  });
  return Object.fromEntries(given);
}

/**
 * The search's targets: the given limits, defaults for flash memory and latency, and the device's own memories where they are smaller.
 * @throws WorkbenchError `invalid-setting` for a limit on a cost that is unknown for the device
 */
export function targetsFor(space: TargetSpace, given: GivenLimits): Targets {
  const known = space.table.metrics.map(({ id }) => id);
  const unknown = (Object.keys(limits) as LimitOption[]).find(
    (option) => typeof given[limits[option].metric] === 'number' && !known.includes(limits[option].metric),
  );
  if (unknown) throw usageError(`--${unknown} cannot be limited on this device, of which no power is known`);
  const defaults = limitedAtFirst.map((metric) => [metric, startingTarget(space, metric)] as const);
  const chosen = Object.entries({ ...Object.fromEntries(defaults), ...given }).filter(([, target]) => target !== null);
  return withinDevice(space, Object.fromEntries(chosen) as Targets);
}
