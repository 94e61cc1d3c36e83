/** `sweep -- collect DIR`: the results so far as one file for other programs. */
import { basename, resolve } from 'node:path';
import { counted } from '../../core/words';
import { readCommandLine } from '../commandLine';
import { usageError } from '../exit';
import { OutputFile } from '../outputFile';
import { csvLines } from './collect/csv';
import { journalLines } from './collect/optunaJournal';
import { SweepFolder } from './folder';
import { oneFolder } from './oneFolder';

const options = { csv: { type: 'string' }, optuna: { type: 'string' } } as const;

/** @throws WorkbenchError `invalid-setting` where there is no plan or no result yet */
export async function collectSweep(args: string[]): Promise<number> {
  const { values, positionals } = readCommandLine({ args, options, allowPositionals: true });
  const path = oneFolder('collect', positionals);
  const folder = new SweepFolder(path);
  const { cells } = folder.readPlan();
  const done = folder.done();
  const keys = cells.flatMap(({ key }) => (key !== null && done.has(key) ? [key] : []));
  if (keys.length === 0) throw usageError(`no cell of ${path} has a result yet: npm run -s sweep -- run ${path}`);
  function* files() {
    for (const key of keys) yield folder.result(key);
  }
  const [csv, optuna] = [outputOf('--csv', values.csv), outputOf('--optuna', values.optuna)];
  csv?.write(() => csvLines(files()));
  // A study with curves of thousands of runs fits into memory, since results are thinned.
  optuna?.write(() =>
    journalLines(
      basename(resolve(path)),
      // A study is about searches.
      keys.map((key) => ({ file: folder.result(key), written: folder.writtenAt(key) })).filter(({ file }) => !file.cell.trained),
    ),
  );
  if (csv || optuna)
    console.log(
      `${counted(keys.length, 'result', 'results')} of ${counted(cells.length, 'cell', 'cells')}: ${[values.csv, values.optuna].filter(Boolean).join(', ')}`,
    );
  else for (const line of csvLines(files())) process.stdout.write(line);
  return 0;
}

const outputOf = (option: string, path: string | undefined) => (path === undefined ? null : new OutputFile(option, path));
