import { afterEach, expect, it } from 'vitest';
import { setLanguage } from '../../language/say';
import { said } from '../../language/told';
import { messages } from '../../language/zh-CN/index';
import { infeasible, missed } from './sentences';

afterEach(() => setLanguage('en', null));

const alone = { metric: 'latencyMs', target: 1, minimum: 2, minimumWithinOthers: 2 } as const;
const errors = [
  infeasible([alone, { ...alone, metric: 'ramBytes' }]),
  infeasible([{ ...alone, target: 3 }], 'channels'),
  missed([
    { metric: 'latencyMs', target: 1, value: 2 },
    { metric: 'flashBytes', target: 1, value: 2 },
  ]),
];

it.each(errors)('says in the language in use later which targets cannot be met: $message', ({ message, told }) => {
  expect(said(told)).toBe(message);
  setLanguage('zh-CN', messages);
  expect(said(told).replaceAll(/RAM|ms|kB/g, '')).not.toMatch(/[A-Za-z]/);
});
