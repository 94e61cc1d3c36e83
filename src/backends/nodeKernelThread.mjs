/* global WebAssembly */
/** A helper thread under Node. Plain JavaScript, since threads start without the loader of the command line. */
import { parentPort, workerData } from 'node:worker_threads';

const { module, memory, shared, thread } = workerData;
const { serve } = new WebAssembly.Instance(module, { env: { memory } }).exports;
parentPort.postMessage('ready');
serve(shared, thread, 0);
