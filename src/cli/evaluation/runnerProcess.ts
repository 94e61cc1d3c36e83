/** A process that runs an evaluation's searches one after the other, on one thread. */
import { nodeKernels } from '../../backends/nodeKernels';
import { examplesOf } from './chooseExamples';
import { startHere, type Answer, type Order, type Runner } from './runner';

let runner: Runner | undefined;

async function answer(order: Order): Promise<unknown> {
  if ('examples' in order) {
    runner = await startHere(await examplesOf(order.examples), { ...nodeKernels, threads: 1 });
    return null;
  }
  if (!runner) throw new Error('examples come first');
  if ('baseline' in order) return runner.baseline(order.baseline);
  return 'search' in order ? runner.search(order.search) : runner.seedNetwork(order.seedNetwork);
}

process.on('message', (order: Order) => {
  answer(order).then(
    (value) => process.send?.({ value } satisfies Answer),
    (error: unknown) => process.send?.({ error: (error as Error).stack ?? String(error) } satisfies Answer),
  );
});
process.on('disconnect', () => process.exit());
// The parent process may have ended before this one listens for that.
if (!process.connected) process.exit();
