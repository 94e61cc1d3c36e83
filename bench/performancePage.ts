/** Writes docs/performance.md and performance.json: the latest results of each benchmark, compared with the targets. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Evaluation } from '../src/cli/evaluation/report';
import { jsonByLine } from '../src/cli/jsonByLine';
import { OutputFile } from '../src/cli/outputFile';
import { wrapMarkdown } from '../src/core/markdown';
import { targetTable, type Measurements } from './targets';

const docs = (name: string) => new URL(`../docs/${name}`, import.meta.url);

/** A section of the page that one benchmark writes. */
export type Section = 'benchmark' | 'WebGPU benchmark' | 'graphics card benchmark' | 'memory benchmark' | 'Chromium benchmark';

/**
 * Checks that both files can be written. The returned function replaces a benchmark's text and measurements, and compares all
 * measurements with the targets again.
 */
export function openPerformance(): (text: string, name: Section, measured: Measurements) => Promise<void> {
  const [json, markdown] = ['performance.json', 'performance.md'].map((name) => new OutputFile('--docs', fileURLToPath(docs(name)))) as [
    OutputFile,
    OutputFile,
  ];
  return async (text, name, measured) => {
    const all: Measurements = { ...(await readJson<Measurements>('performance.json')), ...measured };
    const page = await readFile(docs('performance.md'), 'utf8');
    const evaluation = await readJson<Evaluation>('evaluation.json');
    json.write(`${jsonByLine(rounded(all))}\n`);
    markdown.write(between(between(page, name, text), 'targets', targetTable(all, evaluation)));
  };
}

/** Measurements rounded to the digits that are meaningful. */
function rounded(all: Measurements): Measurements {
  const shorter = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
  return JSON.parse(JSON.stringify(all, shorter)) as Measurements;
}

async function readJson<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(docs(name), 'utf8')) as T;
}

function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has lost its markers ${begin} and ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${wrapMarkdown(text)}\n\n${page.slice(to)}`;
}
