import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { inside, outside } from '../../../tests/support/choices';
import { noDatasets } from '../../../tests/support/noDatasets';
import type { SearchClient } from '../../client/searchClient';
import { fullLabel, valueAt } from '../../core/config/choice';
import { choices, matters } from '../../core/config/choices';
import { onOff } from '../../core/config/domain';
import type { Choices } from '../../core/config/searchConfig';
import { unlessChosen } from '../../core/config/settings';
import { said } from '../../core/language/told';
import { strategies, strategyFor } from '../../core/strategies/index';
import { imageClassification } from '../../core/tasks/imageClassification';
import { Workbench } from '../../store/workbench';
import { numberProblem } from '../typedNumber';
import { WorkbenchContext } from '../useWorkbench';
import { ChoiceFields } from './ChoiceFields';
import { SpaceField } from './SpaceField';

const silent = { call: () => new Promise(() => {}), control() {} } as unknown as SearchClient;

/** The page's fields of all groups, as a strategy shows them. */
function fieldsFor(method: string, chosen: Partial<Omit<Choices, 'objective'>> = {}, task = 'ic'): string {
  const workbench = new Workbench(() => silent, noDatasets);
  const objective = { costs: 'all', strength: 1 } as const;
  const state = { ...workbench.state, strategies, method, task, objective, targets: { flashBytes: 1, latencyMs: 1 } };
  const choices = { ...workbench.state.choices, ...chosen };
  // What a server would render is what the store began with.
  workbench.store.getInitialState = () => ({ ...state, choices });
  const fields = (['method', 'training'] as const).map((group) => createElement(ChoiceFields, { group, key: group }));
  return renderToStaticMarkup(createElement(WorkbenchContext, { value: workbench }, createElement(SpaceField), fields)).replaceAll(
    '&#x27;',
    "'",
  );
}

/** The labels in order. */
const labelsIn = (markup: string) => [...markup.matchAll(/<label[^>]*>(?:<input[^>]*>)?([^<]*)<\/label>/g)].map(([, label]) => label);

const parts = choices.flatMap((choice) => choice.parts.map((part) => ({ choice, ...part, full: said(fullLabel(choice, part)) })));

/** The parts that matter to a strategy. */
const partsFor = (method: string) => parts.filter(({ choice }) => matters(choice, strategyFor(method)));

describe('the page’s fields', () => {
  it('are all of the list that matter, in its order', () => {
    const labels = labelsIn(fieldsFor('supernet+pit')).filter((label) => label !== 'Costs are');
    expect(labels).toEqual(partsFor('supernet+pit').map(({ full }) => full));
  });

  it.each([
    ['supernet', 'candidates'],
    ['pit', 'channels'],
    ['random', 'candidates'],
    ['largest', 'candidates'],
  ] as const)('are only those that matter to %s, where %s are searched', (method, space) => {
    const labels = labelsIn(fieldsFor(method)).filter((label) => label !== 'Costs are');
    expect(labels).toEqual(partsFor(method).flatMap((part) => (part.space === undefined || part.space === space ? [part.label] : [])));
  });

  it('together are the whole list', () => {
    const shown = strategies.flatMap(({ id }) => partsFor(id).map(({ path }) => path));
    expect(new Set(shown)).toEqual(new Set(parts.map(({ path }) => path)));
  });

  it('show what applies where nothing is chosen', () => {
    expect(fieldsFor('random')).toMatch(
      /value=""[^>]*placeholder="as the gradient search takes"|placeholder="as the gradient search takes"[^>]*value=""/,
    );
  });

  it('offer every name', () => {
    const markup = strategies.map(({ id }) => fieldsFor(id)).join('');
    for (const { takes } of parts)
      if (takes.kind === 'names' && takes !== onOff)
        for (const { name, label } of takes.names.filter((named) => named.label !== ''))
          expect(markup).toMatch(new RegExp(`<option value="${name}"[^>]*>${label}</option>`));
  });

  it('name the space that is searched, of those that the task has', () => {
    const spacesFor = (...how: Parameters<typeof fieldsFor>) =>
      [
        ...(/<label[^>]*>Space<\/label><select[^>]*>(.*?)<\/select>/.exec(fieldsFor(...how))?.[1] ?? '').matchAll(
          /<option([^>]*)>([^<]*)/g,
        ),
      ].map(([, chosen, name]) => `${name}${chosen?.includes('selected') ? ' (chosen)' : ''}`);
    expect(spacesFor('pit')).toEqual([]);
    expect(spacesFor('largest')).toEqual(['Candidate operations (chosen)', 'Numbers of channels']);
    expect(spacesFor('largest', { space: 'channels' })).toEqual(['Candidate operations', 'Numbers of channels (chosen)']);
    expect(spacesFor('largest', { space: 'candidates' }, 'tin')).toEqual(['Numbers of channels (chosen)']);
  });

  it('show a schedule by hand, and keep it', () => {
    const schedules = {
      warmup: 'constant',
      search: [
        [20, 0.5],
        [30, 0.25],
      ],
      finetune: 'cosine',
    } as const;
    const markup = fieldsFor('supernet', { schedules });
    expect(markup.match(/<option[^>]*selected=""[^>]*>By hand: [^<]*/g)).toEqual([
      expect.stringMatching(/value="20:0\.5\/30:0\.25".*By hand: 20:0\.5\/30:0\.25$/),
    ]);
  });

  it.each(parts)('take for “$full” the numbers that a search takes', ({ takes }) => {
    if (takes.kind !== 'number') return;
    for (const value of inside(takes)) expect(numberProblem(String(value), takes)).toBeNull();
    for (const value of outside(takes)) expect(numberProblem(String(value), takes)).toMatch(/^Takes a (whole )?number /);
  });
});

describe('a choice on the page', () => {
  it.each(parts.filter(({ choice }) => choice.shape !== 'costs'))('is kept: $path', ({ path, takes }) => {
    const workbench = new Workbench(() => silent, noDatasets);
    for (const value of inside(takes)) {
      workbench.choose(path, value);
      expect(valueAt(workbench.state.choices, path)).toBe(value);
    }
  });

  it('comes from another preset, but for what no preset says', () => {
    const workbench = new Workbench(() => silent, noDatasets);
    workbench.choose('randomSeed', 7);
    workbench.choose('weightDecay', 0.5);
    workbench.choosePreset('paper');
    expect(workbench.state.choices).toEqual({ ...imageClassification.presets.paper, ...unlessChosen, randomSeed: 7 });
  });
});
