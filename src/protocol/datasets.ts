/**
 * The messages between the main thread and the dataset worker, which reads examples away from the thread that trains. Commands are Comlink
 * calls with one answer each. A data set crosses by moving its buffers, so that it is never there twice.
 */
import type { Dataset } from '../core/data/dataset';
import type { ImportProgress } from '../importers/importMeter';

export type { ImportProgress };

export interface DatasetCommands {
  /**
   * Reads a folder's files or an archive, in any of the catalogue's formats. It is cancelled by ending the worker.
   * @param tell hears how far it is, at most ten times a second
   * @throws WorkbenchError `invalid-data` for what cannot be read
   */
  importExamples(files: readonly GivenFile[], task: string, tell: (progress: ImportProgress) => void): Promise<LoadedSet>;
}

/** A file by its path in the folder that was picked; a `File` may lose its path on its way to the worker. */
export interface GivenFile {
  readonly path: string;
  readonly blob: Blob;
}

export interface LoadedSet {
  readonly dataset: Dataset;
}
