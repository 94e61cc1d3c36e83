/** Makes a training step, and tells how far its kernels are compiled. */
import type { Phase, SearchEvent } from './events';
import type { TrainingStep } from './training/trainingStep';

/**
 * Gives the step to the caller, who disposes it. If the caller stops before, the step is disposed here as soon as it is there.
 * @param create makes the step; says how many of its kernels are compiled
 */
export async function* prepareStep(
  phase: Phase,
  create: (onPrepared: (done: number, total: number) => void) => Promise<TrainingStep>,
): AsyncGenerator<SearchEvent, TrainingStep> {
  let prepared = { done: 0, total: 0 };
  let tell = () => {};
  const created = create((done, total) => {
    prepared = { done, total };
    tell();
  });
  let taken = false;
  try {
    for (;;) {
      const step = await Promise.race([created, new Promise<null>((resolve) => (tell = () => resolve(null)))]);
      if (step) {
        taken = true;
        return step;
      }
      yield { kind: 'preparing', phase, ...prepared };
    }
  } finally {
    if (!taken)
      void created.then(
        (step) => step.dispose(),
        () => {},
      );
  }
}
