/** The examples of an evaluation. */
import { resolve } from 'node:path';
import type { Dataset } from '../../core/data/dataset';
import { dataFingerprint } from '../../core/runs/dataFingerprint';
import { taskFor } from '../../core/tasks/index';
import { readSearchArguments, type SearchArguments } from '../arguments';
import { loadExamples } from '../loadExamples';

export interface ExampleChoice {
  /** Id of the task that they are for. */
  readonly task: string;
  /** `embedded`, or the path of a folder, an archive or a file. */
  readonly data: string;
  /** The most examples to learn from and to test on. */
  readonly train: number;
  readonly test: number;
}

/** Examples, and how other processes make them again. */
export interface Examples {
  readonly dataset: Dataset;
  readonly dataFingerprint: string;
  /** Options of a search, on the backend that every machine has. */
  readonly options: readonly string[];
  readonly backend: 'wasm';
}

/**
 * Every search of an evaluation has the same examples, whatever its own random seed: those of `search --seed 1`.
 * @throws WorkbenchError `invalid-data` when the files cannot be used
 */
export async function examplesOf({ task, data, train, test }: ExampleChoice): Promise<Examples> {
  const backend = 'wasm';
  const counts = Object.entries({ train, test }).flatMap(([option, count]) => (count === Infinity ? [] : [`--${option}=${count}`]));
  const place = data === 'embedded' || data.startsWith('hub:') ? data : resolve(data);
  const options = [`--task=${task}`, `--data=${place}`, ...counts, `--backend=${backend}`];
  const dataset = await loadExamples(readSearchArguments(options) as SearchArguments, taskFor(task));
  return { dataset, dataFingerprint: dataFingerprint(dataset), options, backend };
}
