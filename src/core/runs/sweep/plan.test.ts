import { expect, it } from 'vitest';
import { unlessChosen } from '../../config/settings';
import type { SearchConfig } from '../../config/searchConfig';
import { imageClassification } from '../../tasks/imageClassification';
import { planLines, readPlan, type Plan } from './plan';

const config: SearchConfig = {
  ...imageClassification.presets.quick,
  ...unlessChosen,
  objective: null,
  task: 'ic',
  method: 'pit',
  device: 'gap8',
  targets: { flashBytes: 20_000 },
  seedNetwork: false,
};
const plan: Plan = {
  options: ['--task=ic'],
  dataFingerprint: 'f',
  ownData: null,
  cells: [
    { key: 'a', config },
    { key: null, config },
  ],
};
const text = [...planLines(plan)].join('');
const read = (changed: string) => () => readPlan(changed, 'plan.ndjson');

it('reads what it writes, a line a cell', () => {
  expect(text.trim().split('\n')).toHaveLength(3);
  expect(readPlan(text, 'plan.ndjson')).toEqual(plan);
});

it('refuses other files, other versions and settings that no search takes, with the line', () => {
  expect(read('{}')).toThrow('its first line is not the header');
  expect(read(text.replace(/"resultsVersion":\d+/, '"resultsVersion":1'))).toThrow('it is for version 1 of seeded searches');
  expect(read(`${text}{"key":"b"}\n`)).toThrow('line 4 is no cell');
  expect(read(text.replaceAll('"batchSize":', '"batch":'))).toThrow(/^plan\.ndjson, line 2: /);
  expect(read(text.replace('"gap8"', '"none"'))).toThrow('there is no device "none"');
});
