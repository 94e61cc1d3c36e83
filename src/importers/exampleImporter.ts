/**
 * The contract of an importer: a file format that holds examples. One importer is one file beside this one and its row in
 * `index.ts`: the page and the command line read every format in that list.
 */
import type { Dataset } from '../core/data/dataset';
import type { Pixels } from '../core/data/pictures/pixels';
import type { Task } from '../core/tasks/task';

/** A file by name, whose contents are read when they are needed. */
export interface NamedFile {
  /** Its path inside the folder or archive that was given, with "/" between folders. */
  readonly name: string;
  /** Bytes, unpacked. */
  readonly size: number;
  bytes(): Promise<Uint8Array>;
}

/** Decodes a picture file. Browsers and Node have different decoders, so the host provides one. @throws Error when it cannot */
export type PictureDecoder = (bytes: Uint8Array) => Promise<Pixels>;

export interface ImportOptions {
  /** What the examples are for: its kind and shape say what an importer makes of a file. */
  readonly task: Task;
  readonly decodePicture: PictureDecoder;
  /** Whose examples test the network, such as a speaker; null leaves it to the importer. */
  readonly holdOut: string | null;
  /** Decides what is drawn, where files do not say which examples test. */
  readonly randomSeed: number;
  /** Which features a spoken word becomes: torchaudio's MFCC as in the paper (the default), or MLPerf Tiny's. */
  readonly feature?: 'mfcc' | 'mlperfMfcc';
  /** How often each training clip of a word is there: once as it is, and shifted and with noise the other times. 1 without it. */
  readonly variants?: number;
  /** Hears how many of the files are read. */
  readonly onProgress: (done: number, total: number) => void;
}

export interface ExampleImporter {
  readonly id: string;
  /** The kind of examples that it makes; a task is offered importers of its own kind. */
  readonly kind: Task['example']['kind'];
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
  read(files: readonly NamedFile[], name: string, options: ImportOptions): Promise<Dataset>;
}
