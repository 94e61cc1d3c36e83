import type { ProgressMeter } from '../core/runs/progress';
import { alikeEpochs } from '../core/search/alikeEpochs';
import type { RunView } from './state';

/** Estimated milliseconds to train one network to compare with the result; null before there is one. */
export function comparisonTime(meter: ProgressMeter, { asked, result }: RunView, searches: number): number | null {
  const macs = result?.costs.final.macs;
  if (!asked || macs === undefined) return null;
  return meter.timeToCompare(alikeEpochs(asked.config, searches), macs);
}
