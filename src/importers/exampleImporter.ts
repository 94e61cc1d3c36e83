/**
 * The contract of an importer: a file format that holds examples. One importer is one file beside this one and its row in
 * `index.ts`: the page and the command line read every format in that list.
 */
import type { Dataset } from '../core/data/dataset';

/** A file by name, whose contents are read when they are needed. */
export interface NamedFile {
  readonly name: string;
  bytes(): Promise<Uint8Array>;
}

export interface ExampleImporter {
  readonly id: string;
  /** Endings of its file names, dots included, for a file dialog. */
  readonly extensions: readonly string[];
  /** The files that it takes, as a sentence for people. */
  readonly hint: string;
  /** Whether files with these names look like this format. */
  recognises(names: readonly string[]): boolean;
  /**
   * @param files in any order
   * @param name what to call the data set
   * @throws WorkbenchError `invalid-data` that names the file, the rule that it breaks and the way out
   */
  read(files: readonly NamedFile[], name: string): Promise<Dataset>;
}
