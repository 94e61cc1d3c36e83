import type { KernelBackend, KernelConfig } from '@tensorflow/tfjs-core';

/**
 * Identity without a copy: the result shares the input's data, and the backend counts one more reference. Tensors are immutable, so
 * callers see no difference. The WASM backend's own kernel copies the values, hundreds of times in a step.
 */
export const identity: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'Identity',
  kernelFunc({ inputs, backend }) {
    const { dataId, shape, dtype } = inputs.x as NonNullable<(typeof inputs)['x']>;
    (backend as KernelBackend).incRef(dataId);
    return { dataId, shape, dtype };
  },
};
