import { word } from '../core/language/say';
import { jsonPieces } from '../core/jsonPieces';
import type { Exporter } from './exporter';

/** The run file, without weights beside it. docs/run-files.md describes the format. */
export const run: Exporter = {
  id: 'run',
  label: word('run'),
  files: ['run.json'],
  mime: 'application/json',
  note: word('Settings, curves and result, which this page reads again.'),
  write({ runFile }) {
    const file = runFile();
    return Promise.resolve([() => jsonPieces(file)]);
  },
};
