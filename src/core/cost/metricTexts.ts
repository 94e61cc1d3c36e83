/** Metrics in words and in the units that people read. */
import { locale, word } from '../language/say';
import type { MetricId } from './metrics';

interface MetricText {
  /** In English, as the next. */
  readonly name: string;
  /** The name within a sentence. */
  readonly word: string;
  readonly unit: string;
  /** How many of the metric's own units one display unit holds. */
  readonly perUnit: number;
}

export const metricTexts: Readonly<Record<MetricId, MetricText>> = {
  params: { name: word('Parameters'), word: word('parameters'), unit: '', perUnit: 1 },
  macs: { name: word('MACs'), word: word('MACs'), unit: 'M', perUnit: 1e6 },
  gap8Cycles: { name: word('GAP8 cycles'), word: word('GAP8 cycles'), unit: 'k', perUnit: 1000 },
  flashBytes: { name: word('Flash memory'), word: word('flash memory'), unit: 'kB', perUnit: 1000 },
  latencyMs: { name: word('Latency'), word: word('latency'), unit: 'ms', perUnit: 1 },
  ramBytes: { name: word('Peak RAM'), word: word('peak RAM'), unit: 'kB', perUnit: 1000 },
  energyUj: { name: word('Energy'), word: word('energy'), unit: 'µJ', perUnit: 1 },
};

/** A value with four digits and its unit, such as "39.93 kB" or "5.974 ms". */
export function metricText(metric: MetricId, value: number): string {
  return text(metric, value, 'halfExpand');
}

/** Like `metricText`, but rounded up. It shows least values, so that a target set to the shown number can be met. */
export function leastText(metric: MetricId, value: number): string {
  return text(metric, value, 'ceil');
}

function text(metric: MetricId, value: number, roundingMode: 'halfExpand' | 'ceil'): string {
  const { unit, perUnit } = metricTexts[metric];
  // Rounding in the last digits of a sum of times must not raise the shown value.
  const shown = Number((value / perUnit).toPrecision(12));
  const options: Intl.NumberFormatOptions & { roundingMode: string } = { maximumSignificantDigits: 4, roundingMode };
  return `${shown.toLocaleString(locale(), options)}${unit && ` ${unit}`}`;
}
