import { describe, expect, it } from 'vitest';
import { inside, outside } from '../../../tests/support/choices';
import { inChinese } from '../../../tests/support/inChinese';
import { smallConfig, smallSearch } from '../../../tests/support/search';
import { imageClassification } from '../tasks/imageClassification';
import { checkConfig } from './checkConfig';
import { valueAt, withValue } from './choice';
import { choices } from './choices';
import type { SearchConfig } from './searchConfig';

const { quick, paper } = imageClassification.presets;
const objective = { metrics: ['flashBytes'], strength: 1 } as const;
const whole: SearchConfig = { ...smallConfig, objective };
const parts = choices.flatMap(({ option, parts }) => parts.map((part) => ({ option, ...part })));

describe('a search’s config', () => {
  it('is taken as the presets have it, with and without an objective', () => {
    for (const preset of [quick, paper]) expect(() => checkConfig({ ...smallConfig, ...preset })).not.toThrow();
    expect(() => checkConfig(whole)).not.toThrow();
    expect(() => checkConfig({ ...smallConfig, weightDecay: 0, icv: 0 })).not.toThrow();
  });

  it.each(parts)('is refused by name where $path is no value of its, or missing', ({ option, label, path, takes }) => {
    const named = (text: string) => text.startsWith(`“${label}`) && text.includes(`(--${option}) takes `);
    for (const value of inside(takes)) expect(messageFor(withValue(whole, path, value)), String(value)).toBe('');
    for (const value of [...outside(takes), NaN, '7']) expect(messageFor(withValue(whole, path, value)), String(value)).toSatisfy(named);
    // Only where something applies instead may it be null.
    if (!['warmup.rate', 'earlyStop.finetune', 'budget', 'networks'].includes(path))
      expect(messageFor(withValue(whole, path, null))).toSatisfy(named);
    const { [path.split('.')[0] as 'epochs']: left, ...without } = whole;
    expect(left).toBeDefined();
    expect(messageFor(without as SearchConfig)).toBe(`The search’s config cannot be used: ${path.split('.')[0]} is missing.`);
  });

  it.each<[string, Partial<SearchConfig>]>([
    ['“Learning rate, weights” (--weight-rate)', { weightRate: 1e-60 }],
    ['“Learning rate, architecture” (--arch-rate)', { archRate: 1e-46 }],
    ['“Learning rate, warm-up” (--warmup-rate)', { warmup: { ...smallConfig.warmup, rate: 1e-39 } }],
    ['“Weight decay” (--weight-decay)', { weightDecay: 1e-50 }],
    ['“Temperature at the end” (--temperature)', { temperature: { start: 1, end: 1e-45 } }],
    ['“Strength against equal weights (ICV)” (--icv)', { icv: 1e-300 }],
    ['“Strength of the costs” (--objective)', { objective: { ...objective, strength: 1e-46 } }],
    ['The flash memory target', { targets: { flashBytes: Infinity } }],
    ['The latency target', { targets: { latencyMs: 1e-50 } }],
  ])('is refused where training would take a number for another: %s', (name, change) => {
    expect(() => checkConfig({ ...smallConfig, ...change })).toThrow(`${name} takes a number that 32 bits hold (1.2e-38 to 3.4e+38), not `);
  });

  it('is refused for costs that there are not', () => {
    expect(messageFor({ ...smallConfig, targets: { size: 1 } as never })).toMatch(/targets\.size is no cost; there are params, /);
    expect(messageFor({ ...smallConfig, objective: { metrics: ['size' as never], strength: 1 } })).toMatch(
      /objective\.metrics\.0 is no cost/,
    );
  });

  it('is refused in the language in use later', () => {
    expect(inChinese(() => checkConfig({ ...smallConfig, weightDecay: 2 }))).toBe(
      '“权重衰减”（--weight-decay）应为0 到 1 的数，而不是 2。',
    );
    expect(inChinese(() => checkConfig({ ...smallConfig, targets: { size: 1 } as never }))).toMatch(/targets\.size.*开销/);
  });

  it('is looked at before anything is made', () => {
    expect(() => smallSearch({ weightDecay: 2 })).toThrow('“Weight decay” (--weight-decay) takes a number from 0 to 1, not 2.');
  });
});

describe('the list of choices', () => {
  it('has every value of a preset, once', () => {
    const leaves = (value: unknown, path: readonly string[]): string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
        : [path.join('.')];
    const paths = parts.map(({ path }) => path);
    for (const preset of [quick, paper]) expect(paths).toEqual(expect.arrayContaining(leaves(preset, [])));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('sets one value and leaves the others', () => {
    const changed = withValue(quick, 'warmup.rate', 0.5);
    expect(changed).toEqual({ ...quick, warmup: { optimizer: 'adam', rate: 0.5 } });
    expect(valueAt(changed, 'warmup.rate')).toBe(0.5);
    expect(valueAt(quick, 'objective.strength')).toBeUndefined();
  });
});

/** The message that refuses the config; empty if it is accepted. */
function messageFor(config: SearchConfig): string {
  try {
    checkConfig(config);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
