/** Finds what a kept run has left, and checks that it can go on here. */
import type { Dataset } from '../core/data/dataset';
import { WorkbenchError } from '../core/errors';
import { sentencesLater } from '../core/language/lists';
import { sayLater } from '../core/language/told';
import { readCheckpoint, type Checkpoint } from '../core/runs/checkpoint/checkpointFile';
import { goneBack, toldUntil } from '../core/runs/goBack';
import { dataFingerprint } from '../core/runs/dataFingerprint';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import { untilResult } from '../core/runs/story';
import type { Easing } from '../core/search/divergence';
import type { SearchEvent } from '../core/search/events';
import type { RunRecord } from '../keep/keptRun';
import type { RunStorage } from '../keep/runStorage';
import { newRunId } from './runKeeper';

export interface FoundRun {
  /** The id under which it is kept from now on. */
  readonly id: string;
  readonly started: number;
  readonly checkpoint: Checkpoint;
  readonly dataset: Dataset;
  readonly controls: RunRecord['controls'];
  readonly told: readonly SearchEvent[];
  /** Where its last good epoch ended; null where that is not known. */
  readonly goodStep: number | null;
  /** Told first, when it goes back. */
  readonly eased: SearchEvent | null;
  readonly release: () => void;
}

/**
 * Takes hold of a run.
 * @param backend that is running
 * @param easing goes back to the last good epoch, and on from there with this gentler setting
 * @param examples makes the examples that a run asks for, of those that are loaded
 * @throws WorkbenchError `busy` when another page holds the run, `invalid-data` or `invalid-setting` when it cannot go on here
 */
export async function findKept(
  storage: RunStorage,
  id: string,
  backend: string,
  examples: (of: Checkpoint) => Dataset,
  easing: Easing | null = null,
): Promise<FoundRun> {
  const release = await storage.locks.hold(id);
  if (!release)
    throw new WorkbenchError('busy', sayLater('This run is open in another tab. Go on with it there, or close that tab first.'));
  try {
    const stored = await storage.read(id);
    if (!stored?.checkpoint)
      throw new WorkbenchError(
        'invalid-data',
        sayLater('This run has no checkpoint, so it cannot go on. Start it again with the same settings.'),
      );
    const { summary, record } = stored;
    const advice = sayLater('Start the run again with the same settings.');
    const written = readCheckpoint(stored.checkpoint, RESULTS_VERSION, sayLater('The kept checkpoint of this run'), advice);
    const goodStep = record.goodStep ?? null;
    if (easing && goodStep === null)
      throw new WorkbenchError(
        'invalid-data',
        sentencesLater([sayLater('This run does not say where its last good epoch ended, so it cannot go back.'), advice]),
      );
    const back = easing && goodStep !== null ? { step: goodStep, easing } : null;
    const checkpoint = back ? goneBack(written, back.step, back.easing) : written;
    if (checkpoint.backend !== backend)
      throw new WorkbenchError(
        'invalid-setting',
        sayLater('This run goes on only on the backend {backend}. Choose it under Backend, then try again.', {
          backend: checkpoint.backend,
        }),
      );
    const dataset = examples(checkpoint);
    if (dataFingerprint(dataset) !== checkpoint.dataFingerprint) throw otherData(checkpoint);
    const told = back ? toldUntil(record.told, back.step) : untilResult(record.told);
    const eased = back && ({ kind: 'eased', ...back } as const);
    const whole = { checkpoint, dataset, controls: record.controls, told, goodStep, eased, release };
    if (!summary.furthered) return { ...whole, id, started: summary.started };
    // What was trained after the result stays with the run; the checkpoint's part goes on as another one.
    release();
    const copy = newRunId();
    return { ...whole, id: copy, started: Date.now(), release: (await storage.locks.hold(copy)) ?? (() => {}) };
  } catch (error) {
    release();
    throw error;
  }
}

function otherData({ data: { name, synthetic, trainCount, testCount } }: Checkpoint): WorkbenchError {
  const those = { name: sayLater(name), train: String(trainCount), test: String(testCount) };
  return new WorkbenchError(
    'invalid-data',
    synthetic
      ? sayLater(
          'This version makes other built-in examples than “{name}”, {train} for training and {test} for testing, which the run learns from, so it cannot go on. Start it again with the same settings.',
          those,
        )
      : sayLater(
          'This run learns from “{name}”, {train} for training and {test} for testing, which are not those that are loaded. Choose their files, then resume.',
          those,
        ),
  );
}

/** The events of a search that goes on, without those that the run has told before it was interrupted. */
export async function* notToldAgain(
  events: AsyncGenerator<SearchEvent, void>,
  { checkpoint, eased }: Pick<FoundRun, 'checkpoint' | 'eased'>,
): AsyncGenerator<SearchEvent, void> {
  if (eased) yield eased;
  let under = checkpoint.search.underWay?.name;
  for await (const event of events) {
    if (event.kind === 'started') continue;
    const again = event.kind === 'phase' && event.phase === under;
    if (event.kind === 'phase') under = undefined;
    if (!again) yield event;
  }
}
