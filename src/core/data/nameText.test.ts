import { afterEach, expect, it } from 'vitest';
import { setLanguage } from '../language/say';
import { messages } from '../language/zh-CN/index';
import { clipWords } from './dataset';
import { nameText, ownName } from './nameText';

afterEach(() => setLanguage('en', null));

it('is in the language of the page where the page gave the name, and stays otherwise', () => {
  const own = { name: ownName(clipWords), synthetic: false };
  expect(nameText(own)).toBe('Own clips');
  expect(nameText({ name: 'Built-in shapes', synthetic: true })).toBe('Built-in shapes (synthetic)');
  setLanguage('zh-CN', messages);
  expect(nameText(own)).toBe('自己的声音片段');
  expect(nameText({ name: 'Built-in shapes', synthetic: true })).toBe(`${messages['Built-in shapes']}（合成）`);
  // A word of the page, as the name of somebody's folder.
  expect(messages['Result']).toBeDefined();
  expect(nameText({ name: 'Result', synthetic: false })).toBe('Result');
});
