/**
 * The messages between the main thread and the dataset worker, which reads examples away from the thread that trains. Commands are Comlink
 * calls with one answer each. A data set crosses by moving its buffers, so that it is never there twice.
 */
import type { Dataset } from '../core/data/dataset';
import type { Told } from '../core/language/told';
import type { HubChoice } from '../importers/hub/importHub';
import type { HubListing } from '../importers/hub/listing';
import type { ImportProgress } from '../importers/importMeter';
import type { PreparedAbout } from '../importers/prepared/preparedFile';

export type { HubChoice, HubListing, ImportProgress };

export interface DatasetCommands {
  /** Tells everything in a language from now on. */
  speak(language: string): Promise<void>;
  /**
   * Reads a folder's files or an archive, in any of the catalogue's formats, and keeps the result as a prepared set. If the same files were
   * read before and have not changed, that set is loaded. It is cancelled by ending the worker.
   * @param tell hears how far it is, at most ten times a second
   * @throws WorkbenchError `invalid-data` for what cannot be read
   */
  importExamples(files: readonly GivenFile[], task: string, tell: (progress: ImportProgress) => void): Promise<LoadedSet>;
  /** What is kept in this browser; null where it keeps nothing, as in private windows of some. */
  preparedSets(): Promise<PreparedSets | null>;
  /**
   * @returns null when it is not there any more
   * @throws WorkbenchError `invalid-data` for one that is damaged, and removed for it
   */
  loadPrepared(key: string): Promise<Dataset | null>;
  removePrepared(key: string): Promise<void>;
  /** What a data set of the Hugging Face hub offers. This command and the next are the only ones that contact other hosts. */
  listHub(name: string): Promise<HubListing>;
  /**
   * Fetches and reads what was chosen of the data set listed last, and keeps the result as a prepared set. When it fails, the same worker keeps
   * what was fetched for the next try.
   */
  importFromHub(choice: HubChoice, task: string, tell: (progress: ImportProgress) => void): Promise<LoadedSet>;
  /** Ends the listing or the import under way, which then fails with `cancelled`. */
  cancelHub(): void;
}

/** A file by its path in the folder that was picked; a `File` may lose its path on its way to the worker. */
export interface GivenFile {
  readonly path: string;
  readonly blob: Blob;
}

export interface LoadedSet {
  readonly dataset: Dataset;
  /** Why it was not kept as a prepared set, and what to do about it; null when it is kept. */
  readonly notKept: Told | null;
}

/** A prepared set, without its examples. */
export interface PreparedSet extends PreparedAbout {
  readonly trainCount: number;
  readonly testCount: number;
  /** What its examples are called. */
  readonly many: string;
  readonly bytes: number;
}

export interface PreparedSets {
  /** The newest first. */
  readonly sets: readonly PreparedSet[];
  /** Bytes that the page may still write, as the browser estimates; null where it does not say. */
  readonly freeBytes: number | null;
  /** Sentences about sets that were removed because they could not be used. */
  readonly dropped: readonly Told[];
}
