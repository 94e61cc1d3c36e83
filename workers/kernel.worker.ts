/** A helper thread of the training kernels: waits in WebAssembly for work, until it is ended from outside. */
import { helpOut, type HelperOrder } from '../src/kernels/host';

onmessage = ({ data }: MessageEvent<HelperOrder>) => helpOut(data, () => postMessage('ready'));
