import { expect, it } from 'vitest';
import { runFilesAmong } from './runFilesAmong';

const among = (...paths: string[]) => runFilesAmong(paths.map((path) => ({ path, blob: new Blob() }))).map(({ path }) => path);

it('takes of folders what may hold runs, and of a sweep its results', () => {
  const found = ['class/Ana/pit.json', 'class/Ana/pit.checkpoint', 'class/Ben.ZIP'];
  expect(among(...found, 'class/Ana/pit.bin', 'class/notes.txt')).toEqual(found);
  const sweep = ['a/plan.ndjson', 'a/running.json', 'a/slurm/1/cells.json', 'a/results/0f.json'];
  expect(among(...sweep, 'b/run.json')).toEqual(['a/results/0f.json', 'b/run.json']);
});

it('leaves files that were picked by themselves, so that each is told', () => {
  expect(among('notes.txt', 'plan.ndjson')).toEqual(['notes.txt', 'plan.ndjson']);
});
