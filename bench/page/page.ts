/** The benchmark's page: the program that drives the browser calls it, and a worker trains. */
import { wrap, type Remote } from 'comlink';
import type { StepTimer } from './step.worker';

const worker = new Worker(new URL('./step.worker.ts', import.meta.url), { type: 'module' });
const timer: Remote<StepTimer> = wrap<StepTimer>(worker);
Object.assign(globalThis, { timer });
