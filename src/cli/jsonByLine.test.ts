import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonByLine } from './jsonByLine';

const record = (name: string, left?: number) => ({ name, values: Array.from({ length: 22 }, (_, index) => index / 7), left, none: null });

describe('JSON by line', () => {
  it('says what JSON.stringify says', () => {
    for (const value of [
      0,
      'a\nb',
      null,
      [],
      {},
      [record('a'), record('b', 1)],
      { first: record('"'), second: [record('c'), [undefined]] },
    ])
      expect(JSON.parse(jsonByLine(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });

  it('keeps a record on one line, and gives each of several a line of its own', () => {
    expect(jsonByLine(record('one')).split('\n')).toHaveLength(1);
    expect(jsonByLine({ one: record('a'), two: record('b') }).split('\n')).toHaveLength(4);
  });

  it.each(['evaluation', 'evaluation-cifar10', 'performance'])('is how docs/%s.json is kept', (name) => {
    const text = readFileSync(join(import.meta.dirname, '../../docs', `${name}.json`), 'utf8');
    // Compared as lines, so that a failure names the first that differs.
    expect(text.split('\n')).toEqual(`${jsonByLine(JSON.parse(text))}\n`.split('\n'));
  });
});
