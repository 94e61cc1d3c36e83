import { afterEach, expect, it } from 'vitest';
import { setLanguage } from './say';
import { listLater } from './lists';
import { said, sayLater } from './told';

afterEach(() => setLanguage('en', null));

it('says what was told before in the language in use now, with the texts in it', () => {
  const told = sayLater('{name} is off by {percent} %', { name: sayLater('latency'), percent: 1234.5 });
  const kept: unknown = structuredClone(told);
  expect(said(kept as typeof told)).toBe('latency is off by 1234.5 %');
  setLanguage('zh-CN', { '{name} is off by {percent} %': '{name}相差 {percent} %', latency: '延迟' });
  expect(said(told)).toBe('延迟相差 1234.5 %');
});

it('takes a text without values as it is, as say does: braces in the name of a file are no placeholder', () => {
  expect(said(sayLater('a{b}.zip'))).toBe('a{b}.zip');
});

it('leaves names as they are, also those that are words elsewhere', () => {
  setLanguage('zh-CN', { cat: '猫', '{before} and {last}': '{before}和{last}', '{before}, {next}': '{before}、{next}' });
  expect(said('cat')).toBe('cat');
  expect(said(listLater(['cat', sayLater('cat'), 'dog']))).toBe('cat、猫和dog');
  expect(said(listLater([]))).toBe('');
});
