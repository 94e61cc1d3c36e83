/** Begins to keep a run: a new one under an id of its own, or one that goes on. */
import type { RunIdentity } from '../core/runs/checkpoint/checkpointFile';
import type { Environment } from '../core/runs/runFile';
import type { RunStorage } from '../keep/runStorage';
import type { FoundRun } from './goOn';
import { newRunId, RunKeeper, type KeptSearch, type TellKept } from './runKeeper';

/** Where runs are kept, and in which surroundings they run. */
export interface Keeping {
  readonly storage: RunStorage;
  readonly environment: () => Environment;
}

type Beginning = Pick<KeptSearch, 'recorder' | 'controls' | 'capture'> & {
  readonly identity: RunIdentity | null;
  /** What an earlier sitting has left. */
  readonly found: FoundRun | null;
  readonly now: () => number;
};

export async function keepRun(
  { storage, environment }: Keeping,
  { identity, found, now, ...search }: Beginning,
  tell: TellKept,
): Promise<RunKeeper | null> {
  if (!identity) return null;
  const { config, data, dataFingerprint, backend } = identity;
  const id = found?.id ?? newRunId();
  const run = {
    ...search,
    id,
    started: found?.started ?? Date.now(),
    identity: { config, data, dataFingerprint, backend },
    environment: environment(),
    told: found?.told ?? [],
    goodStep: found?.goodStep ?? null,
  };
  const release = found?.release ?? (await storage.locks.hold(id)) ?? (() => {});
  return new RunKeeper(storage, run, release, now, tell);
}
