/**
 * tfjs's WebGPU backend on a device that we request ourselves: the stock one takes fewer storage buffers per kernel than
 * the adapter offers, and leaves nobody to hear of the device's loss.
 */
import { registerBackend, removeBackend } from '@tensorflow/tfjs-core';

/** Raised from the default to what the adapter offers. */
const LIMITS = [
  'maxStorageBuffersPerShaderStage',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

let alive: GPUDevice | null = null;

/** Registers the backend as "webgpu"; while its device lives, a further call changes nothing. */
export async function registerWebgpu(adapter: GPUAdapter): Promise<void> {
  if (alive) return;
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const device = await adapter.requestDevice({
    requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  alive = device;
  void device.lost.then(() => (alive = null));
  // In a browser the package has registered a backend of its own; a lost one is of no use either.
  removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
}

/** Software renderers of Chromium and Mesa call themselves by these names. */
export function isSoftware({ architecture, description, isFallbackAdapter }: GPUAdapterInfo): boolean {
  return isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|software/i.test(`${architecture} ${description}`);
}
