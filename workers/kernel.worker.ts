/** A helper thread of the training kernels. It waits in WebAssembly for work until it is terminated. */
import { helpOut, type HelperOrder } from '../src/kernels/host';

onmessage = ({ data }: MessageEvent<HelperOrder>) => helpOut(data, () => postMessage('ready'));
