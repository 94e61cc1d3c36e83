/**
 * Goes back to a run's last good epoch with a gentler setting, after its loss became infinite or not a number. Whenever a checkpoint was
 * written, it holds the values of that epoch's end (or of the phase's start), whose validation was fine; what came after is left out.
 */
import { withValue } from '../config/choice';
import type { SearchConfig } from '../config/searchConfig';
import type { Easing } from '../search/divergence';
import type { SearchEvent } from '../search/events';
import type { Checkpoint } from './checkpoint/checkpointFile';
import type { RecorderState } from './runFile';

/** The config with the gentler setting, and all else as it was. */
export const easedConfig = (config: SearchConfig, { setting, now }: Easing): SearchConfig => withValue(config, setting, now);

/** The checkpoint at its last good epoch. @param step where that ended, over the whole run */
export function goneBack(checkpoint: Checkpoint, step: number, easing: Easing): Checkpoint {
  const { underWay } = checkpoint.search;
  return {
    ...checkpoint,
    config: easedConfig(checkpoint.config, easing),
    search: { ...checkpoint.search, underWay: underWay && { ...underWay, goesBack: true } },
    recorder: recordedUntil(checkpoint.recorder, step),
  };
}

/** What was recorded up to a step. */
export function recordedUntil(recorder: RecorderState, step: number): RecorderState {
  const series = Object.entries(recorder.series).flatMap(([name, { steps, values, width }]) => {
    const after = steps.findIndex((at) => at > step);
    const count = after < 0 ? steps.length : after;
    return count === 0 ? [] : [[name, { steps: steps.slice(0, count), values: values.slice(0, count), width }] as const];
  });
  return { ...recorder, series: Object.fromEntries(series) };
}

/** What was told up to a step, and the targets in force, which are not taken back. */
export function toldUntil(told: readonly SearchEvent[], step: number): SearchEvent[] {
  const after = told.findIndex((event) => 'step' in event && event.step > step);
  if (after < 0) return [...told];
  return [...told.slice(0, after), ...told.slice(after).flatMap((event) => (event.kind === 'targets' ? [{ ...event, step }] : []))];
}
