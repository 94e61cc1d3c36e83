/** No source file may be so long that a reader gets lost. Prints the ten longest, and fails if one exceeds the limit. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const MOST_LINES = 400;

const lengths = ['src', 'workers', 'scripts', 'bench', 'tests']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`))
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(ts|tsx|css|cjs|mjs)$/.test(path))
  .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }))
  .toSorted((a, b) => b.lines - a.lines);

test(`no source file has more than ${MOST_LINES} lines`, () => {
  const longest = lengths.slice(0, 10).map(({ path, lines }) => `${String(lines).padStart(5)}  ${path}`);
  console.log(`The longest source files, in lines:\n${longest.join('\n')}`);
  const tooLong = lengths.filter(({ lines }) => lines > MOST_LINES).map(({ path }) => path);
  expect(tooLong).toEqual([]);
});
