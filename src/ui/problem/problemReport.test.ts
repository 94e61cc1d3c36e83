import { expect, it } from 'vitest';
import { WorkbenchError } from '../../core/errors';
import { problemReport } from './problemReport';

it('says what failed and where in the code, and not at which address', () => {
  const error = new TypeError('x is not a function');
  error.stack =
    'TypeError: x is not a function\n at f (https://school.example/nas/assets/App-1.js:1:20)\n at g (blob:https://school.example/5:2:3)';
  const report = problemReport(error, { language: 'zh-CN', threads: 4 }, 'https://school.example/nas/', 'https://school.example');
  expect(report).toContain('page: x is not a function');
  expect(report).toContain('at f (assets/App-1.js:1:20)');
  expect(report).toMatch(/language: zh-CN\nthreads: 4$/);
  expect(report).not.toContain('school.example');
});

it('has the stack of a worker, and takes whatever is thrown', () => {
  expect(problemReport(new WorkbenchError('internal', 'Oh.', { stack: 'at worker' }), {}, '/', '-')).toMatch(/internal: Oh\.\nat worker$/);
  expect(problemReport('only a text', {}, '-', '-')).toMatch(/page: only a text$/);
});
