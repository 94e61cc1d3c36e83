import { afterEach, expect, it } from 'vitest';
import { unlessChosen } from '../core/config/settings';
import { setLanguage } from '../core/language/say';
import { said } from '../core/language/told';
import { messages } from '../core/language/zh-CN/index';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import { strategies } from '../core/strategies/index';
import { taskFor } from '../core/tasks/index';
import { takeLink } from './linked';
import { idleRun } from './state';
import type { Workbench } from './workbench';

afterEach(() => setLanguage('en', null));

it('tells in the language in use later what is not as the link has it', async () => {
  const state = { run: idleRun, strategies, dataset: null, task: 'ic', space: null };
  const workbench = { ready: Promise.resolve(), state, adopt: () => Promise.resolve() } as unknown as Workbench;
  const { presets, builtIn } = taskFor('ic');
  const config = { ...presets.quick, ...unlessChosen, task: 'ic', method: 'supernet', device: 'gap8', targets: {}, objective: null };
  const data = { name: 'x', synthetic: true, trainCount: builtIn.most.trainCount + 1, testCount: 1 };
  const link = { config: { ...config, randomSeed: 1, seedNetwork: false }, data, backend: null, results: RESULTS_VERSION - 1 };
  const { differences } = await takeLink(workbench, link);
  const english = differences.map(said);
  expect(english).toEqual([
    expect.stringContaining('asks for more pictures'),
    expect.stringContaining('another version of seeded searches'),
  ]);
  setLanguage('zh-CN', messages);
  expect(differences.map(said).join('')).not.toMatch(/[A-Za-z]/);
});
