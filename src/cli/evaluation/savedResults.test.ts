import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RESULTS_VERSION } from '../../core/runs/resultsVersion';
import { savedResults } from './savedResults';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'results '))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file of results', () => {
  it('is empty before there is one, and goes on from what it holds', () => {
    const path = join(folder, 'r.json');
    expect(savedResults(path)).toEqual({ resultsVersion: RESULTS_VERSION, parts: {} });
    const saved = { resultsVersion: RESULTS_VERSION, parts: { a: 1 } };
    writeFileSync(path, JSON.stringify(saved));
    expect(savedResults(path)).toEqual(saved);
  });

  it('that was cut short, is of another version or is none is refused in one line', () => {
    const path = join(folder, 'r.json');
    writeFileSync(path, '{"resultsVersion": 1, "par');
    expect(() => savedResults(path)).toThrow(/^--json: .*r\.json holds no results, or was cut short; name another file$/);
    writeFileSync(path, '{"resultsVersion": 1, "parts": {}}');
    expect(() => savedResults(path)).toThrow(/holds results of version 1 of seeded searches/);
    expect(() => savedResults(folder)).toThrow(/^--json: .* cannot be read: /);
  });
});
