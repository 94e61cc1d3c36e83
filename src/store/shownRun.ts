/** A kept run as a page shows it: what it has told, told again. */
import { ProgressMeter } from '../core/runs/progress';
import { RunRecorder } from '../core/runs/runFile';
import { retold, untilResult } from '../core/runs/story';
import type { KeptState, RunRecord } from '../keep/keptRun';
import type { RunState, SpaceSummary } from '../protocol/protocol';
import { Curves } from './curves';
import { curvesFor } from './curvesFor';
import { reduceRun } from './reduceRun';
import { idleRun, type RunView } from './state';

export interface ShownRun {
  readonly run: RunView;
  readonly curves: Curves;
  readonly meter: ProgressMeter;
}

const states: Readonly<Record<KeptState, RunState>> = { underWay: 'stopped', stopped: 'stopped', finished: 'finished', failed: 'failed' };

/** A run as it ended, or as far as it has come. @param space that it searches; null where it is not known */
export function showAgain(record: RunRecord, state: KeptState, space: SpaceSummary | null): ShownRun {
  const { config, data, controls, told, recorder, error, result } = record;
  const curves = space ? curvesFor(space, controls.targets) : new Curves([], new Map());
  const meter = new ProgressMeter();
  const events = [...retold(told, new RunRecorder(recorder).curves())];
  for (const event of events) meter.add(event);
  curves.addAll(events);
  const run = events.reduce<RunView>(reduceRun, { ...idleRun, asked: { config, data } });
  return {
    run: {
      ...run,
      // Files of version 1 do not tell the work.
      ...(result && { result: { ...result, trainedMacs: result.trainedMacs ?? NaN } }),
      state: states[state],
      error,
      activity: null,
      comparing: false,
      unsaved: false,
      progress: meter.progress,
    },
    curves,
    meter,
  };
}

/** A run that goes on: as far as it had come before it found its network. */
export function showBefore(record: RunRecord, space: SpaceSummary): ShownRun {
  return showAgain({ ...record, told: untilResult(record.told), result: null }, 'underWay', space);
}
