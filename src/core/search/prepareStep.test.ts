import { expect, it } from 'vitest';
import { prepareStep } from './prepareStep';
import type { TrainingStep } from './training/trainingStep';

/** A step that is made when it is told to be, and how often it was disposed. */
function madeLater() {
  let disposed = 0;
  const step = { dispose: () => disposed++ } as unknown as TrainingStep;
  let onPrepared: (done: number, total: number) => void = () => {};
  let finish = () => {};
  const events = prepareStep('warmup', (tell) => {
    onPrepared = tell;
    return new Promise((resolve) => (finish = () => resolve(step)));
  });
  return { step, events, disposed: () => disposed, tell: (done: number, total: number) => onPrepared(done, total), finish: () => finish() };
}

it('tells how many kernels are compiled, until the step is there', async () => {
  const made = madeLater();
  const first = made.events.next();
  made.tell(1, 3);
  expect(await first).toEqual({ done: false, value: { kind: 'preparing', phase: 'warmup', done: 1, total: 3 } });
  const last = made.events.next();
  made.finish();
  expect(await last).toEqual({ done: true, value: made.step });
  expect(made.disposed()).toBe(0);
});

it('disposes a step that nobody waits for any more', async () => {
  const made = madeLater();
  const first = made.events.next();
  made.tell(0, 3);
  await first;
  await made.events.return(made.step);
  expect(made.disposed()).toBe(0);
  made.finish();
  await new Promise((resolve) => setTimeout(resolve));
  expect(made.disposed()).toBe(1);
});
