/** Goes on with a run that has diverged, from its last good epoch, with a gentler setting. */
import type { BackendName } from '../backends/backend';
import { easedConfig, recordedUntil, toldUntil } from '../core/runs/goBack';
import type { Easing } from '../core/search/divergence';
import type { StoredRun } from '../keep/runStorage';
import { showBefore } from './shownRun';
import type { Workbench } from './workbench';

/** @param goodStep where that epoch ended */
export async function goBack(
  workbench: Pick<Workbench, 'goOn'>,
  { record, summary }: Pick<StoredRun, 'record' | 'summary'>,
  goodStep: number,
  easing: Easing,
): Promise<void> {
  const back = {
    ...record,
    config: easedConfig(record.config, easing),
    told: toldUntil(record.told, goodStep),
    recorder: recordedUntil(record.recorder, goodStep),
  };
  await workbench.goOn(back, summary.backend as BackendName, (space) => showBefore(back, space), easing);
}
