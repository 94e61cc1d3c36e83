/** Searches that are captured, thrown away and gone on with, as a command with a checkpoint does. */
import { memory } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { SearchConfig } from '../../src/core/config/searchConfig';
import { shapeDataset } from '../../src/core/data/shapes';
import { WorkbenchError } from '../../src/core/errors';
import { identityOf, readCheckpoint, writeCheckpoint } from '../../src/core/runs/checkpoint/checkpointFile';
import { RunRecorder, type RunFile } from '../../src/core/runs/runFile';
import { Search } from '../../src/core/runs/search';
import type { SearchEvent } from '../../src/core/search/events';
import { Journal } from '../../src/core/search/journal';
import type { Engine } from '../../src/core/search/training/engine';
import { dependencies, smallConfig } from './search';
import { readAll } from './training';

class Stopped extends Error {}

const dataset = shapeDataset(20, 10);

export interface Sitting {
  readonly events: readonly SearchEvent[];
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly run: RunFile;
  /** What the sitting has left for the next one. */
  readonly file: Uint8Array;
  readonly finished: boolean;
  /** The message of a loss that became infinite or not a number. */
  readonly failure: string | null;
  /** How often the search paused. */
  readonly pauses: number;
}

export interface SittingOptions {
  /** What an earlier sitting has left. */
  readonly from?: Uint8Array | null;
  /** The pause at which it is stopped, from 0. */
  readonly pause?: number;
  /** Whether it is captured at every pause. */
  readonly always?: boolean;
  readonly engine?: Partial<Engine>;
}

/** Runs a search up to one of its pauses, or to its end, and captures it there. */
export async function sitting(
  changes: Partial<SearchConfig>,
  { from = null, pause = Infinity, always = false, engine = {} }: SittingOptions = {},
): Promise<Sitting> {
  const config = { ...smallConfig, ...changes };
  const tensors = memory().numTensors;
  const found = from && readCheckpoint(from, 1, 'the file');
  const recorder = new RunRecorder(found?.recorder);
  const capture = async (finished: boolean) =>
    writeCheckpoint({ ...identityOf(config, dataset, 'wasm'), finished, search: await search.capture(), recorder: recorder.state() }, 1);
  let pauses = 0;
  let file: Uint8Array | null = null;
  const host = {
    ...dependencies.host,
    pause: async () => {
      const stops = pauses++ === pause;
      if (stops || always) file = await capture(false);
      if (stops) throw new Stopped();
    },
  };
  const controls = { targets: config.targets, revision: 0, eager: false };
  const search = new Search(config, dataset, controls, { ...dependencies, ...engine, host }, new Journal(true, found?.search));
  const events: SearchEvent[] = [];
  let finished = false;
  let failure: string | null = null;
  try {
    for await (const event of search.run()) {
      recorder.add(event);
      events.push(event);
    }
    finished = true;
    file = await capture(true);
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'loss-not-finite') failure = error.message;
    else if (!(error instanceof Stopped)) throw error;
  }
  const weights = await readAll([...(search.model?.parameters ?? [])]);
  const run = recorder.file({ config, dataset, environment: {}, stopped: !finished });
  search.dispose();
  expect(memory().numTensors, 'tensors after the search').toBe(tensors);
  return { events, weights, run, file: file as unknown as Uint8Array, finished, failure, pauses };
}

/** A search in as many sittings as it takes, each stopped after as many pauses; the last one. */
export async function inSittings(config: Partial<SearchConfig>, pauses: number, options: SittingOptions = {}): Promise<Sitting> {
  let last = await sitting(config, { ...options, pause: pauses - 1 });
  while (!last.finished && last.failure === null) last = await sitting(config, { ...options, from: last.file, pause: pauses - 1 });
  return last;
}

/** The names of weights that differ at all; a list is quick to show where weights are not. */
export function differing(actual: Sitting['weights'], expected: Sitting['weights']): string[] {
  return [...new Set([...actual.keys(), ...expected.keys()])].filter((name) => {
    const [ours, theirs] = [actual.get(name), expected.get(name)];
    return ours?.length !== theirs?.length || ours?.some((value, index) => !Object.is(value, theirs?.[index]));
  });
}

/** A run file without times and memory. */
export function lasting({ series, result, ...run }: RunFile): unknown {
  const kept = Object.entries(series).filter(([name]) => !name.startsWith('memory/'));
  return { ...run, series: Object.fromEntries(kept), result: { ...result, timing: null } };
}
