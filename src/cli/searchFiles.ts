/** The files that a search leaves: the run file, the found network's weights beside it, and the exports that were asked for. */
import { realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { jsonPieces } from '../core/jsonPieces';
import { readWeights } from '../core/network/parameters';
import type { RunFile } from '../core/runs/runFile';
import { storedParameters, weightPieces, type WeightsFile } from '../core/runs/weightsFile';
import type { Model } from '../core/search/training/engine';
import type { ExportedRun, Exporter } from '../exporters/exporter';
import { run as runExporter } from '../exporters/run';
import { reportError } from './exit';
import { makeFolder, OutputFile } from './outputFile';

/** A run at its end. */
export interface EndedRun extends ExportedRun {
  /** @param weights where the found network's weights lie, when they are written beside the file */
  readonly runFile: (weights?: WeightsFile) => RunFile;
}

interface WeightsPlace {
  readonly name: string;
  readonly path: string;
  readonly file: OutputFile;
}

export class SearchFiles {
  readonly #run: OutputFile;
  /** Null where the run file lies in no folder of files, such as a pipe. */
  readonly #weights: WeightsPlace | null;
  readonly #exporters: readonly Exporter[];
  /** Files of the exports by name; exports may share one. */
  readonly #exports: ReadonlyMap<string, OutputFile>;
  /** Where all of these are written. */
  readonly paths: readonly string[];

  /**
   * Tries every path, so that no search ends without a place for what it found.
   * @param out the run file; with exports the folder of all files, which is made if it is missing
   * @throws WorkbenchError `invalid-setting` when a path cannot be written
   */
  constructor(
    readonly out: string,
    exporters: readonly Exporter[],
  ) {
    const inFolder = exporters.length > 0;
    if (inFolder) makeFolder('--out', out);
    const runPath = inFolder ? join(out, runExporter.files[0]) : out;
    this.#run = new OutputFile('--out', runPath);
    this.#weights = beside(runPath);
    // The run file is written in any case, and knows of its weights.
    this.#exporters = exporters.filter((exporter) => exporter !== runExporter);
    const names = new Set(this.#exporters.flatMap(({ files }) => files));
    this.#exports = new Map([...names].map((name) => [name, new OutputFile('--out', join(out, name))]));
    this.paths = [runPath, ...(this.#weights ? [this.#weights.path] : []), ...[...names].map((name) => join(out, name))];
  }

  /**
   * Writes every file, also when another one fails. A run without a network leaves its run file alone, and one without a result no
   * weights.
   * @throws WorkbenchError for the first that failed; others are told
   */
  async write(run: EndedRun, finished: boolean): Promise<void> {
    const { model, runFile } = run;
    const failures: unknown[] = [];
    const attempt = async <Made>(write: () => Made | Promise<Made>): Promise<Made | undefined> => {
      try {
        return await write();
      } catch (error) {
        failures.push(error);
        return undefined;
      }
    };
    const weights = model && finished ? await attempt(() => this.#writeWeights(model)) : undefined;
    await attempt(() => this.#run.write(() => jsonPieces(runFile(weights))));
    for (const exporter of model ? this.#exporters : []) {
      const contents = (await attempt(() => exporter.write(run))) ?? [];
      for (const [index, pieces] of contents.entries())
        await attempt(() => this.#exports.get(exporter.files[index] as string)?.write(pieces));
    }
    const [first, ...others] = failures;
    others.forEach(reportError);
    if (failures.length > 0) throw first;
  }

  /** @returns undefined where there is no place for them */
  async #writeWeights({ parameters }: Model): Promise<WeightsFile | undefined> {
    if (!this.#weights) return undefined;
    const weights = await readWeights(parameters);
    this.#weights.file.write(() => weightPieces(weights));
    return { file: this.#weights.name, parameters: storedParameters(weights) };
  }
}

/** The weights' place: `run.json` has `run.weights` beside it, where it really lies when its path is a link. */
function beside(runPath: string): WeightsPlace | null {
  const found = statSync(runPath, { throwIfNoEntry: false });
  if (found && !found.isFile()) return null;
  const path = `${(found ? realpathSync(runPath) : runPath).replace(/\.json$/i, '')}.weights`;
  return { name: basename(path), path, file: new OutputFile('--out', path) };
}
