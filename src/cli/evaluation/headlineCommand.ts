/** `npm run -s evaluate -- --headline FOLDER`: writes the page about searches at length. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError } from '../../core/errors';
import { readRunFile } from '../../core/runs/readRunFile';
import { readCommandLine } from '../commandLine';
import { usageError } from '../exit';
import { helpText } from '../helpText';
import { OutputFile } from '../outputFile';
import { headlinePage } from './headline';

const HELP = `Writes a page about searches at length, from their run files.

npm run -s evaluate -- --headline FOLDER [--page FILE]

  --headline FOLDER  folder of run files (.json) of searches on the same examples
  --page FILE        where the page goes (default docs/headline.md)
  --help             print this`;

/** @throws WorkbenchError `invalid-setting` or `invalid-data`; nothing is written then */
export async function writeHeadline(args: string[]): Promise<number> {
  const options = {
    headline: { type: 'string' },
    page: { type: 'string', default: 'docs/headline.md' },
    help: { type: 'boolean', default: false },
  } as const;
  const { values } = readCommandLine({ args, options, allowPositionals: false });
  if (values.help) {
    console.log(helpText(HELP));
    return 0;
  }
  const folder = values.headline;
  if (folder === undefined) throw usageError('--headline needs the folder of the run files');
  const page = new OutputFile('--page', values.page);
  page.write(headlinePage(runFilesIn(folder)));
  console.error(`${values.page} is written.`);
  return 0;
}

function runFilesIn(folder: string) {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    throw new WorkbenchError('invalid-data', `--headline: ${folder} is no folder that can be read`);
  }
  if (names.length === 0) throw new WorkbenchError('invalid-data', `--headline: ${folder} holds no run files (.json)`);
  return names.toSorted().map((name) => readRunFile(readFileSync(join(folder, name), 'utf8')));
}
