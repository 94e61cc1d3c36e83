/** Registers the composed training kernels with a tfjs backend whose own kernels are missing, wrong or very slow. */
import { getKernel, registerKernel, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs-core';
import { conv2dBackpropFilter } from './conv2dBackpropFilter/composed';
import { conv2dBackpropInput } from './conv2dBackpropInput/composed';
import { depthwiseBackpropFilter } from './depthwiseBackpropFilter/composed';
import { depthwiseBackpropInput } from './depthwiseBackpropInput/composed';
import { identity } from './identity/shared';
import { maxPoolGrad } from './maxPoolGrad/composed';
import { sumOverLeadingAxes } from './sumOverLeadingAxes/composed';

/**
 * Gives the WASM backend the kernels that training convolutional networks needs. tfjs 4.22 ships without filter gradients
 * (github.com/tensorflow/tfjs/issues/8474) and with a wrong gradient of max pooling. Call once, after importing the backend's
 * package; a second call changes nothing.
 */
export function registerComposedKernels(backendName: 'wasm'): void {
  if (registered('Conv2DBackpropFilter', backendName)) return;
  const stockSum = registered('Sum', backendName);
  if (!stockSum) throw new Error(`the ${backendName} backend is not loaded`);
  for (const kernel of [
    conv2dBackpropFilter,
    conv2dBackpropInput,
    depthwiseBackpropFilter,
    depthwiseBackpropInput,
    identity,
    maxPoolGrad,
    sumOverLeadingAxes(stockSum),
  ])
    replace({ ...kernel, backendName });
}

function replace(kernel: KernelConfig): void {
  if (registered(kernel.kernelName, kernel.backendName)) unregisterKernel(kernel.kernelName, kernel.backendName);
  registerKernel(kernel);
}

/** tfjs's types say that every kernel exists. */
function registered(kernelName: string, backendName: string): KernelConfig | undefined {
  return getKernel(kernelName, backendName);
}
