import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../backends/backend';
import { nodeBackends } from '../../backends/node';
import { nodeKernels } from '../../backends/nodeKernels';
import { shapeDataset } from '../../core/data/shapes';
import { RESULTS_VERSION } from '../../core/runs/resultsVersion';
import type { CellWork } from '../../core/runs/sweep/plan';
import { imageClassification } from '../../core/tasks/imageClassification';
import { Interruption } from '../interruption';
import { cellKey } from '../sweep/cellKey';
import { SweepFolder } from '../sweep/folder';
import { runCell, type CellHost } from '../sweep/runCell';
import { allCells, cellAt, methods, seedKey } from './grid';
import { evaluationPage, type Evaluation } from './report';
import { resumed } from './resumed';
import { outcomeOf, searchWork, seedNetworkOf, seedNetworkWork, type RunSettings } from './trainings';

const folder = new SweepFolder(mkdtempSync(join(tmpdir(), 'evaluation ')));
afterAll(() => rmSync(folder.path, { recursive: true }));

const epochs = { warmup: 1, search: 1, finetune: 1 };

describe('the evaluation, on a few pictures', () => {
  it('holds every feasible pair of targets with every method, tells an infeasible one, and reports both', async () => {
    const dataset = shapeDataset(80, 20);
    const host: CellHost = {
      folder,
      dataset,
      backend: await startBackend('wasm', nodeBackends),
      kernels: { ...nodeKernels, threads: 1 },
      interruption: new Interruption(() => {}),
      tell: () => {},
    };
    const run = async (work: CellWork) => {
      const key = cellKey(work, 'shapes', 'wasm');
      await runCell({ ...work, key }, host);
      return folder.result(key);
    };
    const search = async (settings: RunSettings) => outcomeOf(await run(searchWork({ ...settings, epochs })), settings.targets);
    const evaluation: Evaluation = {
      resultsVersion: RESULTS_VERSION,
      data: { name: dataset.name, synthetic: true, train: 80, test: 20 },
      machine: 'a test',
      classes: 10,
      preset: imageClassification.presets.quick,
      cells: {},
      seedNetworks: { [seedKey('pit', 1)]: seedNetworkOf(await run(seedNetworkWork({ method: 'supernet', randomSeed: 1, epochs }))) },
      classic: {},
    };
    const cells = [
      cellAt(10, 'supernet', 0, 0, 1),
      ...methods.map((method) => cellAt(10, method, 0.3, 0.3, 1)),
      cellAt(10, 'supernet', 0, 0.5, 1),
    ];
    for (const cell of cells) evaluation.cells[cell.key] = { cell, outcome: await search(cell) };
    expect(Object.values(evaluation.cells).map(({ outcome }) => outcome.status)).toEqual(['infeasible', 'met', 'met', 'met', 'met']);
    const strong = { metrics: ['flashBytes', 'latencyMs'] as const, strength: 1 };
    const { targets } = cellAt(10, 'supernet', 0.3, 0.5, 1);
    const classic = await search({ method: 'supernet', targets, randomSeed: 1, objective: strong });
    expect(['met', 'missed']).toContain(classic.status);
    evaluation.classic['0.3 0.5 1'] = [{ strength: 1, outcome: classic }];
    evaluation.classic['0 0 1'] = [{ strength: 1, outcome: classic }];
    const page = evaluationPage(evaluation);
    expect(page).toMatch(/\| 0 0 1 +\| cannot +\|/);
    expect(page).not.toContain('NaN');
    expect(page).toContain('5 of 225 searches so far: 4 met every target, 0 missed one, 1 were told before training');
    expect(page).toMatch(/\| 7\.87 kB, 2\.750 ms +\| cannot, told before/);
  });

  it('has every pair of targets for every method and random seed once', () => {
    const keys = allCells(10).map(({ key }) => key);
    expect(keys).toHaveLength(25 * 3 * 3);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('an evaluation that goes on', () => {
  const docs = (name: string) => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));
  const read = async (name: string) => JSON.parse(await readFile(docs(name), 'utf8')) as Evaluation;

  it.each(['evaluation', 'evaluation-cifar10'])('has the page of docs/%s.json, which says what measured it', async (name) => {
    const page = evaluationPage(await read(`${name}.json`));
    expect(page).toBe(await readFile(docs(`${name}.md`), 'utf8'));
    expect(page).toContain('Measured with version 1 of seeded searches');
  });

  it('refuses results of another version, which would not compare', async () => {
    const fresh = { ...(await read('evaluation.json')), resultsVersion: RESULTS_VERSION };
    expect(() => resumed(docs('evaluation.json'), fresh)).toThrow(
      /evaluation\.json holds results of an earlier version of seeded searches, .*name another file with --json$/,
    );
    const before = await read('evaluation.json');
    expect(resumed(docs('evaluation.json'), before)).toEqual(before);
  });
});
