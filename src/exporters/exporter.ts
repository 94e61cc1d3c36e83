/**
 * The contract of an export: one file that a person downloads from a run. One exporter is one file beside this one and its row in
 * `index.ts`: the page's menu and the command line's `--export` offer every row of that list.
 */
import type { RunFile } from '../core/runs/runFile';
import type { Model } from '../core/search/training/engine';

export interface Exporter {
  /** The id in commands, and the name of its file. */
  readonly id: string;
  /** The name that people read, as the end of "Download ...". */
  readonly label: string;
  /** Extension of the file's name, without a dot. */
  readonly extension: string;
  /** Media type of the file. */
  readonly mime: string;
  /** @throws WorkbenchError `busy` when the run does not have the contents of the file yet */
  write(run: ExportedRun): Promise<FilePieces>;
}

/** Makes a file's pieces, each time it is called, so that a failed write can be repeated in another place. */
type FilePieces = () => Iterable<string | Uint8Array>;

/** The parts of a run that a file may be made from. */
export interface ExportedRun {
  /** The derived network, else the one being searched in its current state; null before there is one. */
  readonly model: Model | null;
  /** The run's record so far. */
  readonly runFile: () => RunFile;
}

export function fileNameOf({ id, extension }: Pick<Exporter, 'id' | 'extension'>): string {
  return `${id}.${extension}`;
}
