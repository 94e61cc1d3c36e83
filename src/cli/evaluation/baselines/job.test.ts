import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../../tests/support/command';
import type { CellOutcome } from '../../../core/runs/sweep/outcome';
import type { ResultFile } from '../../sweep/folder';
import { outcomeOf, workOf, type ScratchJob } from './job';
import type { Baselines } from './results';
import { spacesFor } from './schedule';

const fileOf = (cell: Partial<CellOutcome>) => ({ cell, result: null }) as unknown as ResultFile;

it('counts the work of a training from scratch as the comparison that ships did', () => {
  const { parts } = JSON.parse(readFileSync(join(root, 'docs/baselines-longer.json'), 'utf8')) as Baselines;
  let compared = 0;
  for (const { jobs, budget, classes } of Object.values(parts))
    for (const [key, before] of Object.entries(jobs)) {
      if (!key.startsWith('scratch') || !('network' in before)) continue;
      const searches: ScratchJob['searches'] = key.includes(', 2 searches') ? ['candidates', 'channels'] : ['candidates'];
      const job: ScratchJob = { kind: 'scratch', network: before.network, searches, randomSeed: 1, epochs: budget.epochs };
      const { quality, ms } = before;
      const cell = { status: 'trained', totalMs: ms, trained: { quality, stepMs: 1 } } as const;
      expect(outcomeOf(job, fileOf(cell), spacesFor(classes).of(job))).toEqual(before);
      compared += 1;
    }
  expect(compared).toBeGreaterThan(5);
});

it('trains a network like a search of as many stages, and tells what diverged', () => {
  const epochs = { warmup: 1, search: 2, finetune: 3 };
  const job: ScratchJob = { kind: 'scratch', network: 'channels 1', searches: ['candidates', 'channels'], randomSeed: 4, epochs };
  expect(workOf(job)).toMatchObject({ train: 'channels 1', config: { method: 'supernet+pit', epochs, randomSeed: 4, targets: {} } });
  const file = fileOf({ status: 'diverged', reason: 'The loss became infinite.', totalMs: 2.4 });
  expect(outcomeOf(job, file, spacesFor(10).of(job))).toEqual({ failed: 'diverged', reason: 'The loss became infinite.', ms: 2 });
});
