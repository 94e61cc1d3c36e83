/** The run that is shipped with the workbench: what it has told and its curves, small enough to be fetched by every visitor. */
import type { SearchConfig } from '../config/searchConfig';
import type { SearchEvent } from '../search/events';
import type { Series } from './boundedSeries';
import type { RunData } from './runFile';
import { retold } from './story';

export interface RecordedRun {
  /** The results version that it was recorded with, see `resultsVersion.ts`. */
  readonly resultsVersion: number;
  readonly config: SearchConfig;
  readonly data: RunData;
  readonly backend: string;
  readonly told: readonly SearchEvent[];
  readonly series: Readonly<Record<string, Series>>;
}

/** The most points of a curve, about as many as a chart of the page has pixels. */
const MOST_POINTS = 400;
/** Digits that no chart of the page shows more of. */
const DIGITS = 4;

/** What was told, with no more digits than the page shows. */
export function shortened(told: readonly SearchEvent[]): SearchEvent[] {
  const short = (values: readonly number[]) => values.map((value) => Number(value.toPrecision(DIGITS)));
  return told.map((event) => (event.kind === 'pulls' ? { ...event, task: short(event.task), penalty: short(event.penalty) } : event));
}

/** What charts of the page draw from steps. */
const drawn = /^(trainLoss|trainQuality|penalty|(cost|appliedStrength|weight|channels)\/.*)$/;

/**
 * A run's curves, thinned for the page: one value for several steps, and of the loss and the quality, which jump from batch to batch,
 * the mean over those steps.
 * @param curves as the run's recorder has them
 */
export function thinned(curves: Readonly<Record<string, Series>>): Record<string, Series> {
  const lastStep = curves.trainLoss?.step.at(-1) ?? 0;
  const stride = Math.max(1, Math.ceil(lastStep / MOST_POINTS));
  return Object.fromEntries(
    Object.entries(curves)
      .filter(([name]) => drawn.test(name))
      .map(([name, series]) => [name, everyNth(series, stride, name.startsWith('train'))]),
  );
}

function everyNth({ step, value }: Series, stride: number, asMean: boolean): Series {
  const thin: Series = { step: [], value: [] };
  let [sum, count] = [0, 0];
  step.forEach((at, index) => {
    sum += value[index] as number;
    count += 1;
    if (at % stride !== 0 && index < step.length - 1) return;
    thin.step.push(at);
    thin.value.push(Number((asMean ? sum / count : (value[index] as number)).toPrecision(DIGITS)));
    [sum, count] = [0, 0];
  });
  return thin;
}

/** An event, and when it is told again, in steps of fine-tuning. */
export interface TimedEvent {
  readonly at: number;
  readonly event: SearchEvent;
}

/** How long a step plays before the network is found, in steps of fine-tuning: that is when there is most to see, in the fewest steps. */
const SEARCHING = 3;

/** All that the run told, in order, to be told again. */
export function timedEvents({ told, series }: RecordedRun): TimedEvent[] {
  let [step, at, pace] = [0, 0, SEARCHING];
  return [...retold(told, series)].map((event) => {
    if (event.kind === 'phase') pace = event.phase === 'finetune' ? 1 : SEARCHING;
    if ('step' in event && event.step > step) {
      at += pace * (event.step - step);
      step = event.step;
    }
    return { at, event };
  });
}
