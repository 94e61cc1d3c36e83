/**
 * The results of a sweep as a journal of Optuna, which Optuna and its dashboard read with `JournalFileStorage`: a study whose objectives are
 * the quality and each cost that the sweep limits, and whose constraints are cost minus target. Operations and their numbers as in
 * optuna/storages/_journal/storage.py of Optuna 3.1, which later versions read too.
 */
import { metricTexts } from '../../../core/cost/metricTexts';
import type { MetricId } from '../../../core/cost/metrics';
import { taskFor } from '../../../core/tasks/index';
import type { ResultFile } from '../folder';

const operations = {
  createStudy: 0,
  studyAttribute: 3,
  createTrial: 4,
  state: 6,
  intermediate: 7,
  userAttribute: 8,
  systemAttribute: 9,
} as const;
const directions = { lower: 1, higher: 2 } as const;
const states = { running: 0, complete: 1, failed: 3 } as const;

/** A result, and when it was written, in milliseconds since 1970. */
export interface DatedResult {
  readonly file: ResultFile;
  readonly written: number;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * @param name of the study
 * @param results of one task; they are read several times
 */
export function* journalLines(name: string, results: readonly DatedResult[]): Generator<string, void> {
  const [first] = results;
  if (!first) return;
  const operation = (code: number, fields: Fields) => `${JSON.stringify({ op_code: code, worker_id: 'nas-workbench', ...fields })}\n`;
  const { quality } = taskFor(first.file.config.task);
  const limited = metricsOf(results);
  const space = spaceOf(results, limited);
  yield operation(operations.createStudy, {
    study_name: name,
    directions: [directions[quality.better], ...limited.map(() => directions.lower)],
  });
  const names = [`${quality.label} (${quality.id})`, ...limited.map((id) => `${metricTexts[id].name} (${id})`)];
  yield operation(operations.studyAttribute, { study_id: 0, system_attr: { 'study:metric_names': names } });
  for (const [trial, { file, written }] of results.entries()) {
    const { config, result, cell, series } = file;
    const of = { trial_id: trial };
    const values = Object.entries(space).flatMap(([param, { distribution, valueOf }]) => {
      const value = valueOf(file);
      return value === undefined ? [] : [[param, value, distribution] as const];
    });
    yield operation(operations.createTrial, {
      study_id: 0,
      datetime_start: dateText(written - cell.totalMs),
      state: states.running,
      params: Object.fromEntries(values.map(([param, value]) => [param, value])),
      distributions: Object.fromEntries(values.map(([param, , distribution]) => [param, JSON.stringify(distribution)])),
    });
    // Attributes go before the state, since a trial that has ended takes none.
    const facts: Fields = { key: cell.key, status: cell.status, ...(cell.reason !== null && { reason: cell.reason }) };
    for (const [fact, value] of Object.entries(facts)) yield operation(operations.userAttribute, { ...of, user_attr: { [fact]: value } });
    if (result) {
      // A cost without a limit breaks none.
      const constraints = limited.map((id) =>
        config.targets[id] === undefined ? 0 : (result.costs.final[id] as number) - config.targets[id],
      );
      yield operation(operations.systemAttribute, { ...of, system_attr: { constraints } });
    }
    const { step, value } = series.validationQuality ?? { step: [], value: [] };
    for (const [index, at] of step.entries())
      if (Number.isFinite(value[index])) yield operation(operations.intermediate, { ...of, step: at, intermediate_value: value[index] });
    yield operation(operations.state, {
      ...of,
      state: result ? states.complete : states.failed,
      values: result && [result.quality.final, ...limited.map((id) => result.costs.final[id] as number)],
      datetime_complete: dateText(written),
    });
  }
}

/** Costs that some cell limits and every found network has. */
function metricsOf(results: readonly DatedResult[]): MetricId[] {
  return (Object.keys(metricTexts) as MetricId[]).filter(
    (id) =>
      results.some(({ file }) => file.config.targets[id] !== undefined) &&
      results.every(({ file: { result } }) => result === null || result.costs.final[id] !== undefined),
  );
}

interface Parameter {
  readonly distribution: { readonly name: string; readonly attributes: Fields };
  /** As Optuna stores it: of a list of choices the place in the list. Undefined where the cell has none. */
  readonly valueOf: (file: ResultFile) => number | undefined;
}

/** What the cells differ in. */
function spaceOf(results: readonly DatedResult[], limited: readonly MetricId[]): Readonly<Record<string, Parameter>> {
  const choices = (of: (file: ResultFile) => string): Parameter => {
    const all = [...new Set(results.map(({ file }) => of(file)))];
    return { distribution: { name: 'CategoricalDistribution', attributes: { choices: all } }, valueOf: (file) => all.indexOf(of(file)) };
  };
  const range = (name: string, step: number | null, of: (file: ResultFile) => number | undefined): Parameter => {
    const all = results.flatMap(({ file }) => of(file) ?? []);
    const [low, high] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
    return { distribution: { name, attributes: { step, low, high, log: false } }, valueOf: of };
  };
  return {
    method: choices(({ config }) => config.method),
    device: choices(({ config: { device } }) => (typeof device === 'string' ? device : device.name)),
    randomSeed: range('IntDistribution', 1, ({ config }) => config.randomSeed),
    ...Object.fromEntries(limited.map((id) => [`target.${id}`, range('FloatDistribution', null, ({ config }) => config.targets[id])])),
  };
}

/** In the local time of the machine without a zone, as Optuna writes it. */
function dateText(ms: number): string {
  return new Date(ms - 60_000 * new Date(ms).getTimezoneOffset()).toISOString().replace('Z', '000');
}
