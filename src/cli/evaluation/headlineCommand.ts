/** `npm run -s evaluate -- --headline FOLDER`: writes the page about searches at length. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError } from '../../core/errors';
import { readRunFile } from '../../core/runs/readRunFile';
import { readCommandLine } from '../commandLine';
import { usageError } from '../exit';
import { helpText } from '../helpText';
import { jsonByLine } from '../jsonByLine';
import { OutputFile } from '../outputFile';
import { headlineOf, headlinePage, type Headline } from './headline';

const HELP = `Writes a page about searches at length, from their run files.

npm run -s evaluate -- --headline FOLDER [--json FILE] [--page FILE]

  --headline FOLDER  folder of run files (.json) of searches on the same examples
  --json FILE        where results are kept, and those of earlier folders found (default docs/headline.json)
  --page FILE        where the page goes (default: beside the JSON, ending in .md)
  --help             print this`;

/** @throws WorkbenchError `invalid-setting` or `invalid-data`; nothing is written then */
export async function writeHeadline(args: string[]): Promise<number> {
  const options = {
    headline: { type: 'string' },
    json: { type: 'string', default: 'docs/headline.json' },
    page: { type: 'string' },
    help: { type: 'boolean', default: false },
  } as const;
  const { values } = readCommandLine({ args, options, allowPositionals: false });
  if (values.help) {
    console.log(helpText(HELP));
    return 0;
  }
  const folder = values.headline;
  if (folder === undefined) throw usageError('--headline needs the folder of the run files');
  const pagePath = values.page ?? values.json.replace(/(\.json)?$/, '.md');
  const json = new OutputFile('--json', values.json);
  const page = new OutputFile('--page', pagePath);
  const headline = headlineOf(runFilesIn(folder), keptIn(values.json));
  json.write(`${jsonByLine(headline)}\n`);
  page.write(headlinePage(headline));
  console.error(`${pagePath} is written.`);
  return 0;
}

/** What earlier folders held, or null. @throws SyntaxError when the file is no JSON */
function keptIn(path: string): Headline | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Headline) : null;
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
