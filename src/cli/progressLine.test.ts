import { imageClassification } from '../core/tasks/imageClassification';
import type { WriteStream } from 'node:tty';
import { describe, expect, it } from 'vitest';
import type { SearchEvent } from '../core/search/events';
import { shapeDataset } from '../core/data/shapes';
import { progressBar, ProgressLine } from './progressLine';

const words = 'Search, epoch 3 of 8, step 120 of 1000, 2 min 5 s left';

describe('the progress bar', () => {
  it.each([200, 80, 72, 60, 40, 10])('stays in one line of %i columns', (columns) => {
    expect(progressBar(0.5, words, columns).length).toBeLessThan(columns);
  });

  it('gives up its width before its words', () => {
    expect(progressBar(0.5, words, 200)).toBe(`[############------------] ${words}`);
    expect(progressBar(0.5, words, 80)).toBe(`[###########-----------] ${words}`);
    expect(progressBar(0.5, words, 60)).toBe(words);
    expect(progressBar(0.5, words, 40)).toBe(words.slice(0, 39));
  });
});

/** What a stream of so many columns gets for some events, two steps and an epoch; movements of a terminal's cursor in angle brackets. */
function written(terminal: { readonly columns: number } | null, before: readonly SearchEvent[] = []): string {
  let text = '';
  const stream = {
    isTTY: terminal !== null,
    columns: terminal?.columns,
    write: (piece: string) => (text += piece),
    cursorTo: (column: number) => (text += `<to ${column}>`),
    clearLine: (way: number) => (text += way === 0 ? '<clear>' : '<clear right>'),
  } as unknown as WriteStream;
  const line = new ProgressLine(stream, { name: 'wasm', picked: false, passedOver: [] }, shapeDataset(0, 0), imageClassification);
  const step = (stepInEpoch: number): SearchEvent => ({
    kind: 'step',
    phase: 'search',
    epoch: 1,
    stepInEpoch,
    step: stepInEpoch,
    elapsedMs: 1000,
    memory: { tensors: 0, heapBytes: 0 },
  });
  const epoch = {
    kind: 'epoch',
    phase: 'search',
    epoch: 1,
    step: 2,
    trainLoss: 1,
    trainQuality: 0.5,
    validationLoss: 1,
    validationQuality: 0.25,
  } as const;
  line.add({
    kind: 'started',
    validation: 'accuracy',
    phases: [{ phase: 'search', epochs: 1, stepsPerEpoch: 2, macs: 1 }],
    seedCosts: {},
    warnings: [],
  });
  const channels = [{ layer: 'conv', kept: 3, total: 4 }];
  const found = { kind: 'derived', step: 2, choice: { stem: 'conv3x3' }, channels } as unknown as SearchEvent;
  for (const event of [...before, step(1), step(2), epoch, found]) line.add(event);
  line.end();
  return text.replace(/^.*\n/, '');
}

describe('progress', () => {
  it('draws over one line of a terminal, and leaves none behind', () => {
    expect(written({ columns: 60 }).split('\n')).toEqual([
      '<to 0>[#######------] Search, epoch 1 of 1, step 1 of 2, 1 s left<clear right>' +
        '<to 0>[#############] Search, epoch 1 of 1, step 2 of 2, 0 s left<clear right>' +
        '<to 0><clear>search epoch 1: loss 1.000, accuracy 50.0 %, validation 25.0 %, 0 s left',
      '<to 0><clear>found network: stem conv3x3, conv 3',
      '<to 0><clear>',
    ]);
  });

  it('tells how far a ranking is', () => {
    const ranking = [1, 2].map((done) => ({ kind: 'ranking', done, total: 2 }) as const);
    expect(written({ columns: 60 }, ranking)).toMatch(
      /^<to 0><clear>ranking up to 2 networks\n<to 0>\[#+-+\] ranking networks: 1 of up to 2<clear right><to 0>\[#+\] ranking networks: 2 of up to 2<clear right>/,
    );
    expect(written(null, ranking)).toMatch(/^ranking up to 2 networks\nsearch epoch 1/);
  });

  it('is plain lines where there is no terminal', () => {
    expect(written(null)).toBe(
      'search epoch 1: loss 1.000, accuracy 50.0 %, validation 25.0 %, 0 s left\nfound network: stem conv3x3, conv 3\n',
    );
  });
});
