/**
 * The contract of a file format that holds examples. One format is one file beside this one and its row in `index.ts`: the page
 * and the command line read whatever stands there.
 */
import type { Dataset } from '../core/data/dataset';

/** A file by name, read when it is needed. */
export interface NamedFile {
  readonly name: string;
  bytes(): Promise<Uint8Array>;
}

export interface ExampleImporter {
  readonly id: string;
  /** How the names of its files end, dots included: what a file dialog offers. */
  readonly extensions: readonly string[];
  /** Which files it takes, as a sentence for people. */
  readonly hint: string;
  /** Whether files of these names look like this format. */
  recognises(names: readonly string[]): boolean;
  /**
   * @param files any order
   * @param name what to call the data set
   * @throws WorkbenchError `invalid-data` that names the file, the rule it breaks and the way out
   */
  read(files: readonly NamedFile[], name: string): Promise<Dataset>;
}
