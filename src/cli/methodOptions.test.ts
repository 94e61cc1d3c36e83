import { describe, expect, it } from 'vitest';
import { inside, outside } from '../../tests/support/choices';
import { valueAt, withValue } from '../core/config/choice';
import { choices, matters } from '../core/config/choices';
import type { Value } from '../core/config/domain';
import type { Choices } from '../core/config/searchConfig';
import { unlessChosen } from '../core/config/settings';
import { strategies } from '../core/strategies/index';
import type { Strategy } from '../core/strategies/strategy';
import { imageClassification } from '../core/tasks/imageClassification';
import { HELP, readSearchArguments } from './arguments';
import { optionText } from './methodHelp';
import { applyMethodOptions, parseObjective } from './methodOptions';

const { quick, paper } = imageClassification.presets;
const objective = { metrics: ['flashBytes'], strength: 1 } as const;
const everything: Choices = { ...quick, ...unlessChosen, objective };
const configOf = (...args: string[]) => readSearchArguments(args)?.config;

describe('the method on the command line', () => {
  it('is the quick preset and the task’s own method when nothing is said', () => {
    expect(configOf()).toMatchObject({ ...quick, method: 'pit', objective: null });
    expect(configOf('--task', 'vww')).toMatchObject({ method: 'supernet' });
    expect(configOf('--preset', 'paper')).toMatchObject(paper);
  });

  it('is any that there is', () => {
    for (const method of ['supernet', 'pit', 'supernet+pit']) expect(configOf('--method', method)?.method).toBe(method);
    expect(() => configOf('--method', 'darts')).toThrow('there is no method "darts"; there are: supernet, pit, supernet+pit');
  });

  it('takes every choice by itself', () => {
    const changed = applyMethodOptions(quick, {
      'weight-rate': '0.01',
      'arch-rate': '0.02',
      'warmup-rate': '0.1',
      'warmup-optimizer': 'sgd',
      'weight-decay': '0',
      schedules: 'cosine,exponential,steps',
      patience: '20',
      validation: '0.25',
      bilevel: 'steps',
      noise: 'gumbel',
      mixing: 'hard',
      temperature: '1,0.5',
      icv: '0.5',
      penalty: 'absolute',
    });
    expect(changed).toEqual({
      ...quick,
      weightRate: 0.01,
      archRate: 0.02,
      warmup: { optimizer: 'sgd', rate: 0.1 },
      weightDecay: 0,
      schedules: { warmup: 'cosine', search: 'exponential', finetune: 'steps' },
      earlyStop: { ...quick.earlyStop, patience: 20 },
      validationShare: 0.25,
      bilevel: { candidates: 'steps', channels: 'steps' },
      sampling: { noise: 'gumbel', hard: true },
      temperature: { start: 1, end: 0.5 },
      icv: 0.5,
      excess: { candidates: 'absolute', channels: 'absolute' },
    });
    expect(applyMethodOptions(quick, { bilevel: 'epochs,off', penalty: 'above,absolute' })).toMatchObject({
      bilevel: { candidates: 'epochs', channels: 'off' },
      excess: { candidates: 'above', channels: 'absolute' },
    });
    expect(parseObjective('memory,latency=0.5')).toEqual({ metrics: ['flashBytes', 'latencyMs'], strength: 0.5 });
  });

  it('takes decimal commas, but for lists, whose parts a comma separates', () => {
    expect(applyMethodOptions(quick, { validation: '0,25', 'weight-rate': '1,5e-3' })).toMatchObject({
      validationShare: 0.25,
      weightRate: 1.5e-3,
    });
    expect(parseObjective('memory,latency=0,5').strength).toBe(0.5);
    expect(applyMethodOptions(quick, { temperature: '5,0.5' }).temperature).toEqual({ start: 5, end: 0.5 });
    expect(() => applyMethodOptions(quick, { icv: '1,000' })).toThrow('--icv: “1,000” could be 1 or 1000');
    for (const count of ['8,000', '8.000']) expect(() => configOf('--random-seed', count)).toThrow(/^--random-seed: .* could be 8 or 8000/);
    expect(configOf('--batch', '1 024')?.batchSize).toBe(1024);
  });

  it.each([
    ['schedules', 'cosine', /--schedules takes three schedules/],
    ['epochs', '1,0,4', /--epochs takes a whole number from 1 to 1000000, not "0" as “Search epochs”/],
    ['epochs', '1,4', /--epochs takes three numbers \(W,S,F\), not "1,4"/],
    ['augment', 'true', /--augment takes off, on, not "true"/],
    [
      'schedules',
      'cosine,linear,cosine',
      /^--schedules takes constant, cosine, exponential, steps, EPOCH:FACTOR\/EPOCH:FACTOR \(.*\), not "linear" as “Schedule, search”/,
    ],
    ['schedules', 'cosine,30:0.5/20:1,cosine', /^--schedules takes .*EPOCH:FACTOR.* ascending; .*, not "30:0.5\/20:1"/],
    ['temperature', '1', /--temperature takes two numbers/],
    ['temperature', '1,0', /--temperature takes a number above 0/],
    ['patience', '1.5', /--patience takes a whole number/],
    ['validation', '1', /--validation takes a number between 0 and 1/],
    ['icv', '-1', /--icv takes a number from 0/],
    ['weight-rate', '', /--weight-rate takes a number/],
    ['bilevel', 'yes', /--bilevel takes off, epochs, steps, not "yes"/],
    ['penalty', 'above,above,above', /--penalty takes one choice, or one for candidates and one for channels/],
  ])('refuses --%s %s with what it takes', (name, text, message) => {
    expect(() => applyMethodOptions(quick, { [name]: text })).toThrow(message);
  });

  it.each(choices)('has --$option in the help, reads what it writes, and takes what a search takes', (choice) => {
    const { option, form, shape, parts } = choice;
    const { id } = strategies.find((strategy) => matters(choice, strategy)) as Strategy;
    expect(HELP).toContain(`\n  --${option} ${form}`);
    for (const { path, takes } of parts) {
      const written = (value: Value) => {
        const text = optionText(choice, withValue(everything, path, value)) ?? String(value);
        return shape === 'costs' ? `memory=${text}` : text;
      };
      for (const value of inside(takes)) {
        const text = written(value);
        expect(valueAt(applyMethodOptions(everything, { [option]: text }), path), text).toEqual(value);
        expect(valueAt(configOf('--method', id, `--${option}=${text}`) ?? quick, path), text).toEqual(value);
      }
      for (const value of outside(takes))
        expect(() => applyMethodOptions(everything, { [option]: written(value) }), String(value)).toThrow(`--${option} takes `);
    }
  });

  it('refuses what does not matter to the method', () => {
    expect(() => configOf('--method', 'supernet', '--networks', '4')).toThrow(
      '--networks does not matter to --method supernet; leave it out, or choose --method random|training-free|evolution|one-shot',
    );
    expect(() => configOf('--method', 'random', '--icv', '1')).toThrow('--icv does not matter to --method random');
    expect(() => configOf('--method', 'largest', '--networks', '4')).toThrow('--networks does not matter to --method largest');
  });

  it('leaves it to the method to refuse a space that it does not search', () => {
    expect(configOf('--method', 'one-shot', '--space', 'channels')).toMatchObject({ method: 'one-shot', space: 'channels' });
  });

  it.each([
    ['one-shot', 'candidates'],
    ['pit', 'channels'],
  ])('lets --space name what %s searches anyway', (method, space) => {
    expect(configOf('--method', method, '--space', space)).toMatchObject({ method, space });
  });

  it.each(['memory', 'size=1', 'memory=0', 'memory=1=2'])('refuses the objective %s', (text) => {
    expect(() => parseObjective(text)).toThrow(/--objective takes/);
  });
});
