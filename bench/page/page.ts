/** The benchmark's page: what drives the browser asks here, and a worker trains. */
import { wrap, type Remote } from 'comlink';
import type { StepTimer } from './step.worker';

const worker = new Worker(new URL('./step.worker.ts', import.meta.url), { type: 'module' });
const timer: Remote<StepTimer> = wrap<StepTimer>(worker);
Object.assign(globalThis, { timer });
