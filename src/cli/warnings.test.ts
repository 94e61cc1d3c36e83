import { imageClassification } from '../core/tasks/imageClassification';
import type { WriteStream } from 'node:tty';
import { expect, it } from 'vitest';
import { shapeDataset } from '../core/data/shapes';
import { said } from '../core/language/told';
import type { SearchResult } from '../core/search/events';
import { searchSpace } from '../core/search/space';
import { ProgressLine } from './progressLine';
import { resultTable } from './report';

const space = searchSpace({ task: 'ic', device: 'ra8d1' }, 10);
const [warning = ''] = space.warnings.map(said);

it('warns on the error stream before the first step, and tells how many networks there are to choose from', () => {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) } as unknown as WriteStream;
  const progress = new ProgressLine(stream, { name: 'wasm', picked: true, passedOver: [] }, shapeDataset(2, 1), imageClassification);
  progress.add({ kind: 'started', validation: 'accuracy', phases: [], seedCosts: space.seedCosts, warnings: space.warnings });
  expect(written.at(-1)).toBe(`warning: ${warning}\n`);
  progress.add({ kind: 'started', validation: 'accuracy', phases: [], seedCosts: space.seedCosts, warnings: [], fitting: 5184 });
  expect(written.at(-1)).toBe('networks of the space that meet the targets: 5,184\n');
});

it('warns again beside the costs that are met, and tells what was trained', () => {
  const target = 1.1 * (space.seedCosts.latencyMs as number);
  const result: SearchResult = {
    choice: {},
    channels: [],
    network: space.seed.network,
    constraints: [{ metric: 'latencyMs', value: space.seedCosts.latencyMs as number, target, met: true }],
    objectives: [],
    quality: { id: 'accuracy', derived: 0.5, final: 0.6 },
    costs: { seedNetwork: space.seedCosts, final: space.seedCosts },
    trainedMacs: 20.46e9,
    timing: { stepMs: {}, totalMs: 1000 },
  };
  const table = resultTable(result, space, 1e9, imageClassification, space.warnings);
  expect(table).toContain('met');
  expect(table).toContain('Training 20.46 G multiply-accumulates, as 20.5 epochs of the seed network\nTime 1 s');
  expect(table).toContain(`Warning: ${warning}`);
  expect(resultTable(result, space, 1e9, imageClassification, [])).not.toContain('Warning');
});
