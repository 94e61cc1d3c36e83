/** Several runs as one ZIP file: a run file each, the checkpoint of each that is finished, and a list of what a person has said of them. */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { jsonPieces } from '../core/jsonPieces';
import type { RunFile } from '../core/runs/runFile';
import type { RunLabel } from './keptRun';

export const INDEX = 'runs.json';
/** Of the list. */
export const INDEX_VERSION = 1;

/** The name of a run's checkpoint beside its run file. */
export const checkpointBeside = (file: string) => file.replace(/\.json$/i, '.checkpoint');

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
  /** With the weights that it has found; null for a run without. */
  readonly checkpoint: Uint8Array | null;
}

/** @param runs are asked for one after the other, so that only one is in memory at a time */
export async function takeAlong(runs: AsyncIterable<RunToTake>): Promise<Blob> {
  let pieces: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  const encoder = new TextEncoder();
  const zip = new Zip((error, data) => {
    if (error) throw error;
    pieces.push(data as Uint8Array<ArrayBuffer>);
  });
  const write = (name: string, content: unknown) => {
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    for (const piece of jsonPieces(content)) entry.push(encoder.encode(piece));
    entry.push(new Uint8Array(), true);
  };
  const index: TakenRun[] = [];
  for await (const { file, label, started, checkpoint } of runs) {
    const { name, note, starred } = label;
    const taken = { file: `run-${index.length + 1}.json`, name, note, starred, started };
    index.push(taken);
    write(taken.file, file);
    if (checkpoint) {
      // Weights do not get smaller.
      const entry = new ZipPassThrough(checkpointBeside(taken.file));
      zip.add(entry);
      entry.push(checkpoint, true);
    }
    // Which browsers keep on the disk.
    pieces = [new Blob(pieces)];
  }
  write(INDEX, { version: INDEX_VERSION, runs: index });
  zip.end();
  return new Blob(pieces);
}
