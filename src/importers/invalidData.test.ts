import { afterEach, expect, it } from 'vitest';
import { WorkbenchError } from '../core/errors';
import { setLanguage } from '../core/language/say';
import { said, sayLater } from '../core/language/told';
import { messages } from '../core/language/zh-CN/index';
import { brokenRule, invalidData } from './invalidData';

afterEach(() => setLanguage('en', null));

it('says what a file breaks in the language in use then, and names the file to programs', () => {
  const error = invalidData('a.gz', sayLater('has a damaged header. Fetch it again.'), { at: 3 });
  expect(error).toMatchObject({
    code: 'invalid-data',
    message: 'a.gz has a damaged header. Fetch it again.',
    details: { file: 'a.gz', at: 3 },
  });
  setLanguage('zh-CN', messages);
  expect(said(error.told)).toBe('a.gz 的文件头已损坏。请重新获取。');
});

it('gives the rule by itself, for a list that names files otherwise', () => {
  const rule = sayLater('has a damaged header. Fetch it again.');
  expect(brokenRule(invalidData(sayLater('row {number}', { number: 2 }), rule))).toEqual(rule);
  expect(
    brokenRule(
      new WorkbenchError('invalid-data', sayLater('{name} is no text in UTF-8 or UTF-16. Save it as UTF-8 and try again.', { name: 'a' })),
    ),
  ).toBeNull();
  expect(brokenRule(new WorkbenchError('invalid-data', 'as it was said'))).toBeNull();
});
