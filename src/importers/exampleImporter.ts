/**
 * The contract of an importer: a file format that holds examples. One importer is one file beside this one and its row in
 * `index.ts`: the page and the command line read every format in that list.
 */
import type { Dataset } from '../core/data/dataset';
import type { Pixels } from '../core/data/pictures/pixels';
import type { Told } from '../core/language/told';
import type { Task } from '../core/tasks/task';
import type { ByteSource } from './archives/byteSource';
import type { ParquetChoice } from './parquet/columns';

/** A file by name, whose contents are read when they are needed. */
export interface NamedFile {
  /** Its path inside the folder or archive that was given, with "/" between folders. */
  readonly name: string;
  /** What messages call it, where that is no name of a file, see `called`. */
  readonly place?: Told;
  /** Bytes, unpacked. */
  readonly size: number;
  bytes(): Promise<Uint8Array>;
  /** A part of it, as `ByteSource` has it; only where a part can be read without the rest. */
  readonly slice?: ByteSource['slice'];
}

/** A file as messages call it. */
export const called = ({ name, place }: Pick<NamedFile, 'name' | 'place'>): Told => place ?? name;

/**
 * Decodes a picture file. Browsers and Node have different decoders, so the host provides one.
 * @throws Error when the file is no picture; WorkbenchError when there is no decoder
 */
export type PictureDecoder = (bytes: Uint8Array) => Promise<Pixels>;

/** Features of a second of sound, or of a machine's recording; see `core/data/features`. */
export type FeatureKind = 'mfcc' | 'mlperfMfcc' | 'logMel';

/**
 * What importers compute for each file. It takes most of an import's time, so a host may spread it over its cores: an answer depends on the
 * arguments alone, and importers put answers where they belong in whatever order they come. Arguments are left as they are.
 */
export interface ExampleWork {
  /**
   * A picture file as red, green and blue bytes of this size, row by row; null when it does not decode.
   * @throws WorkbenchError when there is no decoder
   */
  picture(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array | null>;
  /** Features of samples at 16 kHz; null when there are too few for any. */
  features(samples: Float32Array, kind: FeatureKind): Promise<Float32Array | null>;
}

export interface ImportOptions {
  /** What the examples are for: its kind and shape say what an importer makes of a file. */
  readonly task: Task;
  readonly work: ExampleWork;
  /** Whose examples test the network, such as a speaker; null leaves it to the importer. */
  readonly holdOut: string | null;
  /** Decides what is drawn, where files do not say which examples test. */
  readonly randomSeed: number;
  /** Which features a spoken word becomes: torchaudio's MFCC as in the paper (the default), or MLPerf Tiny's. */
  readonly feature?: 'mfcc' | 'mlperfMfcc';
  /** How often each training clip of a word is there: once as it is, and changed (`augmentClip.ts`) the other times. 1 without it. */
  readonly variants?: number;
  /** Which columns and how many rows of Parquet files to take; without it the importer looks for the columns and takes every row. */
  readonly parquet?: ParquetChoice;
  /** Hears how many of the files are read. */
  readonly onProgress: (done: number, total: number) => void;
}

export interface ExampleImporter {
  readonly id: string;
  /** What it takes files for, in the middle of a sentence. */
  readonly title: string;
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
