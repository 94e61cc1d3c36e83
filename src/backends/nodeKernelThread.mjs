/* global WebAssembly */
/** A helper thread under Node. It is plain JavaScript, since threads start without tsx. */
import { parentPort, workerData } from 'node:worker_threads';

const { module, memory, shared, thread } = workerData;
const { serve } = new WebAssembly.Instance(module, { env: { memory } }).exports;
parentPort.postMessage('ready');
serve(shared, thread, 0);
