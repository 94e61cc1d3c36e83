import { asWorkbenchError } from '../../src/core/errors';
import { setLanguage } from '../../src/core/language/say';
import { said } from '../../src/core/language/told';
import { messages } from '../../src/core/language/zh-CN/index';

/** What an error that was thrown while the page was in English says once it is in Chinese. */
export function inChinese(fail: () => unknown): string {
  let thrown: unknown = null;
  try {
    fail();
  } catch (error) {
    thrown = error;
  }
  setLanguage('zh-CN', messages);
  try {
    return said(asWorkbenchError(thrown).told);
  } finally {
    setLanguage('en', null);
  }
}
