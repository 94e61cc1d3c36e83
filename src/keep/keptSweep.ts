/** The sweep that the page works off: kept, so that it goes on after a reload. There is one at a time. */
import type { SearchConfig } from '../core/config/searchConfig';
import type { RunData } from '../core/runs/runFile';
import type { Told } from '../core/language/told';
import type { RunStorage } from './runStorage';

/** `ended`: with a network or without one, which the run or `reason` tells. */
export type SweepCellState = 'waiting' | 'running' | 'ended';

export interface SweepCell {
  readonly config: SearchConfig;
  readonly state: SweepCellState;
  /** The run that is kept of it; null before there is one. */
  readonly runId: string | null;
  /** Why there is no network; null where there is one, or nothing is known yet. */
  readonly reason: Told | null;
  /** Milliseconds that it took; null before its end, and where nothing was trained. */
  readonly ms: number | null;
}

export interface KeptSweep {
  readonly id: 'sweep';
  /** The examples that all cells learn from, and how many of them. */
  readonly data: RunData;
  /** The backend that all cells run on. */
  readonly backend: string;
  readonly paused: boolean;
  /** Expected milliseconds of a cell, by earlier runs; null where none was there. */
  readonly expectedMs: number | null;
  readonly cells: readonly SweepCell[];
}

const ID = 'sweep';

export async function readSweep(storage: RunStorage): Promise<KeptSweep | null> {
  return (await (await storage.database()).get('sweeps', ID)) ?? null;
}

/** @param sweep null forgets it */
export async function writeSweep(storage: RunStorage, sweep: KeptSweep | null): Promise<void> {
  const database = await storage.database();
  await (sweep ? database.put('sweeps', sweep) : database.delete('sweeps', ID));
  storage.changed();
}
