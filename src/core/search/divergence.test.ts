import { expect, it } from 'vitest';
import { smallConfig } from '../../../tests/support/search';
import type { SearchConfig } from '../config/searchConfig';
import { WorkbenchError } from '../errors';
import { taskFor } from '../tasks/index';
import { easings, withLikelyCause } from './divergence';

const { weightRate, archRate } = taskFor(smallConfig.task).presets.quick;
const usual: SearchConfig = { ...smallConfig, weightRate, archRate, batchSize: 16 };
const details = { phase: 'search', metric: 'taskLoss', epoch: 1, stepInEpoch: 1 } as const;
const cause = (change: Partial<SearchConfig>) =>
  (withLikelyCause(new WorkbenchError('loss-not-finite', 'Where.', details), { ...usual, ...change }) as WorkbenchError).message;
const objective = (strength: number) => ({ metrics: ['flashBytes' as const], strength });

it('names what is likely to have made a loss no number: a rate, the strength of the costs, or steps of one example', () => {
  expect(cause({ weightRate: 100 * weightRate })).toMatch(
    /^Where. The learning rate of [\d.]+ is the likely cause: the task’s quick preset has/,
  );
  expect(cause({ objective: objective(1000) })).toMatch(
    /^Where. The strength of the costs is a likely cause: at 1,000, each cost of the seed/,
  );
  expect(cause({ batchSize: 1 })).toMatch(/^Where. Steps of one example are a likely cause/);
  for (const change of [{}, { objective: objective(1) }])
    expect(cause(change)).toMatch(/^Where. The cause is not certain; most often the learning rate is too high\. It was/);
});

it('offers the likeliest cause first to be made gentler', () => {
  const first = (change: Partial<SearchConfig>, of: Readonly<Record<string, unknown>> = details) => easings({ ...usual, ...change }, of)[0];
  expect(first({ objective: objective(1000) })).toEqual({ setting: 'objective.strength', was: 1000, now: 500 });
  // A rate that is far off weighs more than a strength.
  const far = { weightRate: 100 * weightRate, objective: objective(1000) };
  expect(first(far)).toEqual({ setting: 'weightRate', was: 100 * weightRate, now: weightRate });
  expect(first({ objective: objective(1000) }, { ...details, phase: 'finetune' })).toMatchObject({ setting: 'weightRate' });
  expect(first({}, { ...details, metric: 'penalty' })).toMatchObject({ setting: 'archRate' });
  expect(first({}, { ...details, phase: 'comparison' })).toBeUndefined();
});
