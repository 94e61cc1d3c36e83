/** The found network as int8, to be measured. */
import type { Search } from '../core/runs/search';
import { evaluate, type Score } from '../core/search/training/evaluate';
import type { Engine } from '../core/search/training/engine';
import { quantizedInference } from '../core/search/training/quantizedInference';
import { taskFor } from '../core/tasks/index';
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';
import type { ExportedRun } from '../exporters/exporter';
import { int8NetworkOf } from '../exporters/int8/int8Network';
import type { Measuring } from './measurement';

/** Multiply-accumulates between two answers: some tenth of a second. */
const MACS_AT_A_TIME = 1e7;

/**
 * It rounds as devices do.
 * @throws WorkbenchError `busy` without a result; scoring throws what `evaluate` throws
 */
export function int8Measuring(
  run: ExportedRun,
  { result, testSet, config }: Pick<Search, 'result' | 'testSet' | 'config'>,
  { lossOf }: Pick<Engine, 'lossOf'>,
): Measuring<Score> {
  const { model } = run;
  if (!result || !model)
    throw new WorkbenchError('busy', sayLater('No network is found yet, so there is none to measure. Let the search end first.'));
  const macs = result.costs.final.macs ?? MACS_AT_A_TIME;
  const batchSize = Math.max(1, Math.min(testSet.batchSize, Math.floor(MACS_AT_A_TIME / macs)));
  const createInference = async () => quantizedInference((await int8NetworkOf(run)).graph, 'double');
  return {
    total: testSet.examples.count,
    score: (onBatch) =>
      evaluate(model, { ...testSet, batchSize }, taskFor(config.task), { createInference, lossOf }, () => onBatch(batchSize)),
  };
}
