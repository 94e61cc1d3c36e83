/** A process that runs cells of a sweep one after the other, as its parent tells it to. It ends with its parent. */
import { startBackend } from '../../backends/backend';
import { nodeBackends } from '../../backends/node';
import { nodeKernelsOn } from '../../backends/nodeKernels';
import { asWorkbenchError, WorkbenchError } from '../../core/errors';
import { dataFingerprint } from '../../core/runs/dataFingerprint';
import { taskFor } from '../../core/tasks/index';
import { readSearchArguments, type SearchArguments } from '../arguments';
import { Interrupted, Interruption } from '../interruption';
import { loadExamples } from '../loadExamples';
import type { Cell, CellAnswer, CellOrder } from './cellMessages';
import { SweepFolder } from './folder';
import { runCell, type CellHost } from './runCell';

const TELL_EVERY_MS = 1000;
/** How long the process takes to write its checkpoint once its parent is gone. */
const ORPHAN_MS = 20_000;

const interruption = new Interruption((status) => process.exit(status));
interruption.listen();
let host: Promise<CellHost> | undefined;
let told = 0;

function send(answer: CellAnswer): void {
  if (process.connected) process.send?.(answer);
}

async function open({ folder, options, dataFingerprint: planned, threads }: Extract<CellOrder, { kind: 'open' }>): Promise<CellHost> {
  const given = readSearchArguments([...options]) as SearchArguments;
  const dataset = await loadExamples(given, taskFor(given.config.task));
  if (dataFingerprint(dataset) !== planned)
    throw new WorkbenchError(
      'invalid-data',
      `The examples of ${given.data} are others than those that the sweep was planned with. Bring those back, or plan the sweep again.`,
    );
  const backend = await startBackend(given.backend, nodeBackends);
  const tell: CellHost['tell'] = ({ share }) => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    send({ kind: 'progress', share });
  };
  return { folder: new SweepFolder(folder), dataset, backend, kernels: nodeKernelsOn(threads), interruption, tell };
}

async function run(cell: Cell): Promise<void> {
  if (!host) throw new Error('the process was given a cell before its examples');
  interruption.defer();
  try {
    await runCell(cell, await host);
  } finally {
    interruption.resume();
  }
}

/** A second wish would end the process before its checkpoint is written: Ctrl+C reaches this process and its parent, which passes it on. */
function end(reason: 'SIGTERM' | 'SIGHUP'): void {
  if (interruption.reason === null) interruption.receive(reason);
}

async function answer(order: CellOrder): Promise<void> {
  try {
    if (order.kind === 'end') {
      end('SIGTERM');
      return;
    }
    if (order.kind === 'open') await (host = open(order));
    else await run(order.cell);
    send({ kind: 'done' });
  } catch (error) {
    if (error instanceof Interrupted) process.exit(interruption.status ?? 1);
    const { code, message } = asWorkbenchError(error);
    send({ kind: 'failed', code, message, stack: (error as Error).stack ?? message });
  }
}

process.on('message', (order: CellOrder) => void answer(order));
process.on('disconnect', () => {
  setTimeout(() => process.exit(1), ORPHAN_MS).unref();
  end('SIGHUP');
});
// The parent process may have ended before this one listens for that.
if (!process.connected) process.exit();
