/**
 * The contract of an export: one file that a person takes away from a run. One exporter is one file beside this one and its row in
 * `index.ts`: the page offers a button and the command line's `--export` a name for whatever stands there.
 */
import type { RunFile } from '../core/runs/runFile';
import type { Model } from '../core/search/training/engine';

export interface Exporter {
  /** What commands call it; its file is named after it. */
  readonly id: string;
  /** What people call it, as it ends "Download ...". */
  readonly label: string;
  /** Of the file's name, without a dot. */
  readonly extension: string;
  /** Media type of the file. */
  readonly mime: string;
  /** @throws WorkbenchError `busy` when the run does not hold yet what the file is made of */
  write(run: ExportedRun): Promise<FilePieces>;
}

/** Makes a file's pieces, as often as it is asked: what cannot be written in one place may be written in another. */
export type FilePieces = () => Iterable<string | Uint8Array>;

/** What of a run a file may be made of. */
export interface ExportedRun {
  /** The derived network, else the one that is searched as it stands; null before there is one. */
  readonly model: Model | null;
  /** What was recorded so far. */
  readonly runFile: () => RunFile;
}

export function fileNameOf({ id, extension }: Pick<Exporter, 'id' | 'extension'>): string {
  return `${id}.${extension}`;
}
