/** Several runs as one ZIP file: a run file each, and a list of what a person has said of them. */
import { Zip, ZipDeflate } from 'fflate';
import { jsonPieces } from '../core/jsonPieces';
import type { RunFile } from '../core/runs/runFile';
import type { RunLabel } from './keptRun';

export const INDEX = 'runs.json';

/** An entry of the list. */
export interface TakenRun extends Pick<RunLabel, 'name' | 'note' | 'starred'> {
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly started: number;
}

export interface RunToTake {
  readonly file: RunFile;
  readonly label: RunLabel;
  readonly started: number;
}

/** @param runs are asked for one after the other, so that only one is in memory at a time */
export async function takeAlong(runs: AsyncIterable<RunToTake>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  const encoder = new TextEncoder();
  const zip = new Zip((error, data) => {
    if (error) throw error;
    pieces.push(data);
  });
  const write = (name: string, content: unknown) => {
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    for (const piece of jsonPieces(content)) entry.push(encoder.encode(piece));
    entry.push(new Uint8Array(), true);
  };
  const index: TakenRun[] = [];
  for await (const { file, label, started } of runs) {
    const { name, note, starred } = label;
    const taken = { file: `run-${index.length + 1}.json`, name, note, starred, started };
    index.push(taken);
    write(taken.file, file);
  }
  write(INDEX, { runs: index });
  zip.end();
  return pieces;
}
