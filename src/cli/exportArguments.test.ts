import { expect, it } from 'vitest';
import { readExportArguments } from './exportArguments';

const needed = ['--run', 'run.json', '--to', 'c', '--out', 'folder'];

it('reads exports of a run, or a look at a file', () => {
  expect(readExportArguments([...needed, '--ranges', 'percentile', '--range-examples', '50'])).toMatchObject({
    run: 'run.json',
    data: 'embedded',
    ranges: { method: 'percentile', examples: 50 },
    check: false,
  });
  expect(readExportArguments(['--inspect', 'a.tflite', '--task', 'kws', '--test', '50', '--input', 'plain'])).toMatchObject({
    kind: 'inspect',
    file: 'a.tflite',
    task: 'kws',
    data: 'embedded',
    test: 50,
    input: 'plain',
  });
  expect(readExportArguments(['--help'])).toBeNull();
});

it.each([
  [['--to', 'c', '--out', 'folder'], '--run is missing: the run file of a search'],
  [needed.slice(0, 4), '--out is missing'],
  [[...needed.slice(0, 3), 'paper', '--out', 'folder'], 'there is no export "paper"'],
  [[...needed, '--ranges', 'wide'], '--ranges takes minMax, percentile, leastSquares, not "wide"'],
  [[...needed, '--inspect', 'a.tflite'], '--inspect looks at one file'],
  [['--inspect', 'a.tflite', '--task', 'chess'], 'there is no task "chess"'],
])('%j: %s', (args, message) => {
  expect(() => readExportArguments(args)).toThrow(message);
});
