/** The searches of an evaluation: every pair of memory and latency targets, with every method and random seed. */
import { gap8 } from '../../core/cost/devices/gap8';
import type { Targets } from '../../core/cost/metrics';
import { searchSpace } from '../../core/search/space';
import { strategyFor } from '../../core/strategies/index';
import { targetRange } from '../../core/search/constraints/targets';

/** Where a target lies between the least that the space reaches and the seed network's value. */
export const levels = [0, 0.15, 0.3, 0.5, 0.75] as const;
export const methods: readonly string[] = ['supernet', 'pit', 'supernet+pit'];
export const randomSeeds = [1, 2, 3] as const;

/** Targets at which one search is compared with classic search, as levels of memory and latency. */
export const classicLevels: readonly (readonly [number, number])[] = [
  [0.3, 0.5],
  [0.5, 0.5],
];

/** Strengths that a classic search tries, starting weak and doubling. */
export const classicStrengths = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2] as const;

/** The method whose seed network trains for as many epochs as this method's searches. The two methods with one stage share it. */
export const seedMethod = (method: string): string => (method === 'supernet+pit' ? method : 'supernet');

export const seedKey = (method: string, randomSeed: number): string => `${seedMethod(method)} ${randomSeed}`;

/** Searches at these levels are timed: they run alone, with all threads. */
export const timedLevels: readonly [number, number] = [0.5, 0.5];

export interface Cell {
  /** Unique among the cells of an evaluation. */
  readonly key: string;
  readonly method: string;
  /** Levels of memory and latency. */
  readonly memory: number;
  readonly latency: number;
  readonly targets: Targets;
  readonly randomSeed: number;
}

/** Every cell. Pairs of equal levels come first, each with all methods, so that even the first part of the list is informative. */
export function allCells(classes: number): Cell[] {
  const pairs = levels.flatMap((memory) => levels.map((latency) => [memory, latency] as const));
  const ordered = pairs.toSorted((a, b) => Math.abs(a[0] - a[1]) - Math.abs(b[0] - b[1]));
  const withRanges = methods.map((method) => [method, rangesOf(classes, method)] as const);
  return randomSeeds.flatMap((randomSeed) =>
    ordered.flatMap(([memory, latency]) => withRanges.map(([method, ranges]) => cellWithin(ranges, method, memory, latency, randomSeed))),
  );
}

export function cellAt(classes: number, method: string, memory: number, latency: number, randomSeed: number): Cell {
  return cellWithin(rangesOf(classes, method), method, memory, latency, randomSeed);
}

/** Between what the targets of a method's space lie. */
function rangesOf(classes: number, method: string) {
  const space = searchSpace({ task: 'ic', device: gap8.id, searches: strategyFor(method).searches }, classes);
  return { flashBytes: targetRange(space, 'flashBytes'), latencyMs: targetRange(space, 'latencyMs') };
}

function cellWithin(ranges: ReturnType<typeof rangesOf>, method: string, memory: number, latency: number, randomSeed: number): Cell {
  const at = (metric: keyof typeof ranges, level: number) => {
    const { least, most } = ranges[metric];
    return least + level * (most - least);
  };
  const targets = { flashBytes: Math.floor(at('flashBytes', memory)), latencyMs: at('latencyMs', latency) };
  return { key: `${method} ${memory} ${latency} ${randomSeed}`, method, memory, latency, targets, randomSeed };
}
