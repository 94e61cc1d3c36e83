/** Models of the published boards, and their errors for networks that were left out of the fit. */
import { planNetwork } from '../../network/plan';
import { benchmarks, type Benchmark } from './benchmarks';
import { bestFactor, featuresOf, fitCycles, predictCycles, type Features, type Measured } from './cycleFit';
import type { PublishedBoard } from './publishedBoards';

export const benchmarkIds = Object.keys(benchmarks) as Benchmark[];

const features = new Map(benchmarkIds.map((id) => [id, featuresOf(planNetwork(benchmarks[id]))]));

/** Relative errors of a model: predicted / measured - 1. */
export type Errors = Readonly<Record<Benchmark, number>>;

export interface BoardFit {
  readonly board: PublishedBoard;
  readonly coefficients: Features;
  /** Null where no energy was measured. */
  readonly powerW: number | null;
  /** Errors of the time, with all networks in the fit. */
  readonly fitted: Errors;
  /** Errors of the time, each with the network's measurement on this board left out. Boards with the same software keep theirs. */
  readonly leftOut: Errors;
  /** Errors of the time, each with the network's measurements on all boards with the same software left out. */
  readonly neverSeen: Errors;
  /** Errors of the energy, each with the network's measurement on this board left out. */
  readonly energyLeftOut: Errors | null;
}

/** Fits each group of boards with the same software together. */
export function fitPublishedBoards(boards: readonly PublishedBoard[]): BoardFit[] {
  return boards.map((board) => {
    const group = boards.filter(({ software }) => software === board.software);
    const coefficients = fitWithout(group, board, null, [board]);
    const timeWithout = (id: Benchmark) => secondsOf(board, fitWithout(group, board, id, [board]), id);
    const timeUnseen = (id: Benchmark) => secondsOf(board, fitWithout(group, board, id, group), id);
    const measured = (id: Benchmark) => board.rows[id].latencyMs / 1000;
    const powerW = powerOf(board);
    return {
      board,
      coefficients,
      powerW,
      fitted: errors((id) => secondsOf(board, coefficients, id) / measured(id)),
      leftOut: errors((id) => timeWithout(id) / measured(id)),
      neverSeen: errors((id) => timeUnseen(id) / measured(id)),
      energyLeftOut:
        powerW === null
          ? null
          : errors((id) => ((powerOf(board, id) as number) * 1e6 * timeWithout(id)) / (board.rows[id].energyUj as number)),
    };
  });
}

/** The constant power that fits a board's energies best, with one network left out or none; null without energies. */
export function powerOf({ rows }: PublishedBoard, without: Benchmark | null = null): number | null {
  const used = benchmarkIds.filter((id) => id !== without).map((id) => rows[id]);
  if (used.some(({ energyUj }) => energyUj === null)) return null;
  return bestFactor(used.map(({ latencyMs, energyUj }) => (1000 * latencyMs) / (energyUj as number)));
}

export function errors(ratio: (id: Benchmark) => number): Errors {
  return Object.fromEntries(benchmarkIds.map((id) => [id, ratio(id) - 1])) as unknown as Errors;
}

/** Coefficients of one board of a group. @param without the network to leave out; null for none @param on the boards to leave it out on */
function fitWithout(
  group: readonly PublishedBoard[],
  board: PublishedBoard,
  without: Benchmark | null,
  on: readonly PublishedBoard[],
): Features {
  const measurements = group.map((member) => measurementsOf(member, on.includes(member) ? without : null));
  return fitCycles(measurements)[group.indexOf(board)] as Features;
}

function measurementsOf({ rows, clockHz }: PublishedBoard, without: Benchmark | null): Measured[] {
  return benchmarkIds
    .filter((id) => id !== without)
    .map((id) => ({ features: features.get(id) as Features, cycles: (clockHz * rows[id].latencyMs) / 1000 }));
}

function secondsOf({ clockHz }: PublishedBoard, coefficients: Features, id: Benchmark): number {
  return predictCycles(coefficients, features.get(id) as Features) / clockHz;
}
