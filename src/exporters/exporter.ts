/**
 * The contract of an export: what a person takes away from a run, one file or several. One exporter is one file beside this one and
 * its row in `index.ts`: the page's menu and the command line's `--export` offer every row of that list.
 */
import type { ExampleSet } from '../core/data/dataset';
import type { Reading } from '../core/data/reading';
import type { FloatGraph } from '../core/quantize/floatGraph';
import type { Range, RangeChoice } from '../core/quantize/ranges';
import type { RunFile } from '../core/runs/runFile';
import type { Model } from '../core/search/training/engine';

export interface Exporter {
  /** The id in commands. */
  readonly id: string;
  /** The name that people read, as the end of "Download ...". It and the other texts are marked by `word`, unless they are names. */
  readonly label: string;
  /** The names of its files, one or more. Exports that write a file of the same name write the same into it. */
  readonly files: readonly [string, ...string[]];
  /** Media type of its first file. */
  readonly mime: string;
  /** What reads or runs its files, as one sentence. */
  readonly note: string;
  /** Whether it writes the found network as int8, which needs a result and takes a choice of ranges. */
  readonly int8?: true;
  /** How a program uses its files, for people to copy. */
  readonly snippets?: readonly { readonly title: string; readonly code: string }[];
  /**
   * @returns the content of each of `files`
   * @throws WorkbenchError `busy` when the run does not have the contents of the files yet
   */
  write(run: ExportedRun): Promise<readonly FilePieces[]>;
}

/** Makes a file's pieces, each time it is called, so that a failed write can be repeated in another place. */
export type FilePieces = () => Iterable<string | Uint8Array>;

/** The parts of a run that a file may be made from. */
export interface ExportedRun {
  /** The found network, else the one being searched in its current state; null before there is one. */
  readonly model: Model | null;
  /** The run's record so far. */
  readonly runFile: () => RunFile;
  /** The examples that the run learns from. */
  readonly trainingSet: ExampleSet;
  /** How the ranges of int8 numbers are found; by default from all values that 200 training examples give. */
  readonly ranges?: RangeChoice;
  /** How a person's own examples were read; as a search reads them by itself where it is left out. */
  readonly reading?: Reading;
  /** The quality as int8 on the test examples, rounded as devices do; null where it was not measured. It may take minutes. */
  readonly int8Quality?: () => Promise<number | null>;
  /** What quantisation-aware training has made of the network; left out where it is quantised as it is. */
  readonly tuned?: TunedNetwork;
}

/** The folded network with what it has learnt as int8. */
export interface TunedNetwork {
  readonly graph: FloatGraph;
  /** The ranges that it has learnt with, by the tensors' indices. */
  readonly ranges: readonly Range[];
  /** The epoch that was kept, from 1. */
  readonly keptEpoch: number;
}
