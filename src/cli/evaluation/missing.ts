/** What an evaluation over a grid of targets still needs. */
import { percent } from '../../core/words';
import {
  allCells,
  cellAt,
  classicLevels,
  classicStrengths,
  methods,
  randomSeeds,
  seedKey,
  seedMethod,
  timedLevels,
  type Cell,
} from './grid';
import type { Wanted } from './plannedRun';
import type { Evaluation } from './report';
import { outcomeOf, searchWork, seedNetworkOf, seedNetworkWork } from './trainings';

/** The seed networks and one cell per method, which run alone, with all threads, so that their times on one machine can be compared. */
export function missingTimed(evaluation: Evaluation, machine: string): Wanted[] {
  const timedOn = { timedOn: machine };
  const [memory, latency] = timedLevels;
  return randomSeeds.flatMap((randomSeed) => [
    ...[...new Set(methods.map(seedMethod))].flatMap((method): Wanted[] => {
      const key = seedKey(method, randomSeed);
      if (evaluation.seedNetworks[key]) return [];
      const keep: Wanted['keep'] = (file) => {
        const made = (evaluation.seedNetworks[key] = seedNetworkOf(file));
        return `seed network as for ${key}: ${percent(made.quality)}`;
      };
      return [{ ...seedNetworkWork({ method, randomSeed }), ...timedOn, keep }];
    }),
    ...methods.flatMap((method) =>
      missingCell(evaluation, cellAt(evaluation.classes, method, memory, latency, randomSeed)).map((cell) => ({ ...cell, ...timedOn })),
    ),
  ]);
}

/** The others, the most informative first: for each random seed the classic searches and the grid. */
export function missingUntimed(evaluation: Evaluation): Wanted[] {
  const [memory, latency] = timedLevels;
  const cells = allCells(evaluation.classes).filter((cell) => cell.memory !== memory || cell.latency !== latency);
  return randomSeeds.flatMap((randomSeed) => [
    ...classicLevels.flatMap(([a, b]) => missingClassic(evaluation, cellAt(evaluation.classes, 'supernet', a, b, randomSeed))),
    ...cells.flatMap((cell) => (cell.randomSeed === randomSeed ? missingCell(evaluation, cell) : [])),
  ]);
}

function missingCell({ cells }: Evaluation, cell: Cell): Wanted[] {
  if (cells[cell.key]) return [];
  const { method, targets, randomSeed } = cell;
  const keep: Wanted['keep'] = (file) => {
    const outcome = outcomeOf(file, targets);
    cells[cell.key] = { cell, outcome };
    return `${cell.key}: ${outcome.status}`;
  };
  return [{ ...searchWork({ method, targets, randomSeed }), keep }];
}

/** The next of the classic searches with rising strengths, until a found network happens to meet the targets. */
function missingClassic({ classic }: Evaluation, { memory, latency, targets, randomSeed }: Cell): Wanted[] {
  const key = `${memory} ${latency} ${randomSeed}`;
  const runs = classic[key] ?? [];
  const strength = classicStrengths[runs.length];
  if (strength === undefined || runs.at(-1)?.outcome.status === 'met') return [];
  const objective = { metrics: ['flashBytes', 'latencyMs'] as const, strength };
  const keep: Wanted['keep'] = (file) => {
    const outcome = outcomeOf(file, targets);
    classic[key] = [...runs, { strength, outcome }];
    return `classic ${key}, strength ${strength}: ${outcome.status}`;
  };
  return [{ ...searchWork({ method: 'supernet', targets, randomSeed, objective }), keep }];
}

/** The evaluation without the timed trainings. */
export function withoutTimes(evaluation: Evaluation): Evaluation {
  const [memory, latency] = timedLevels;
  const untimed = Object.entries(evaluation.cells).filter(([, { cell }]) => cell.memory !== memory || cell.latency !== latency);
  return { ...evaluation, cells: Object.fromEntries(untimed), seedNetworks: {} };
}
