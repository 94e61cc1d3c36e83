import type { KernelBackend, KernelConfig } from '@tensorflow/tfjs-core';

/**
 * Identity without a copy: the result refers to the input's data and the backend counts one reference more. Tensors are
 * immutable, so nobody can tell; the WASM backend's own kernel copies the values, some hundreds of times in a step.
 */
export const identity: Omit<KernelConfig, 'backendName'> = {
  kernelName: 'Identity',
  kernelFunc({ inputs, backend }) {
    const { dataId, shape, dtype } = inputs.x as NonNullable<(typeof inputs)['x']>;
    (backend as KernelBackend).incRef(dataId);
    return { dataId, shape, dtype };
  },
};
