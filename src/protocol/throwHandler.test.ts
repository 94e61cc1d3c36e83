import { expose, wrap } from 'comlink';
import { afterEach, expect, it } from 'vitest';
import { missingFile, WorkbenchError } from '../core/errors';
import { setLanguage } from '../core/language/say';
import { said, sayLater } from '../core/language/told';
import './throwHandler';

afterEach(() => setLanguage('en', null));

/** What one thread throws, as another one catches it. */
async function crossed(error: Error): Promise<WorkbenchError> {
  const { port1, port2 } = new MessageChannel();
  expose({ fail: () => Promise.reject(error) }, port1);
  try {
    await wrap<{ fail(): Promise<void> }>(port2).fail();
    throw new Error('nothing was thrown');
  } catch (caught) {
    return caught as WorkbenchError;
  } finally {
    port1.close();
    port2.close();
  }
}

it('carries what is said and its values over to the other thread, which says it in the language of then', async () => {
  const error = new WorkbenchError('invalid-data', sayLater('{name} is off by {percent} %', { name: sayLater('latency'), percent: 3 }), {
    at: 1,
  });
  const caught = await crossed(error);
  expect(caught).toMatchObject({ code: 'invalid-data', message: 'latency is off by 3 %', details: { at: 1 } });
  setLanguage('zh-CN', { '{name} is off by {percent} %': '{name}相差 {percent} %', latency: '延迟' });
  expect(said(caught.told)).toBe('延迟相差 3 %');
});

it('does so for errors that nobody foresaw, whose own words stay', async () => {
  const [unforeseen, missing] = [await crossed(new Error('odd')), await crossed(missingFile(sayLater('Language'), 'answer 404'))];
  expect(unforeseen).toMatchObject({ code: 'internal', message: 'Something went wrong that should not have: odd' });
  setLanguage('zh-CN', { 'Something went wrong that should not have: {message}': '出错：{message}', Language: '语言' });
  expect(said(unforeseen.told)).toBe('出错：odd');
  expect(said(missing.told)).toContain('语言 could not be loaded (answer 404)');
});
