/**
 * tfjs's WebGPU backend on a device that we request ourselves: the stock one takes fewer storage buffers per kernel than
 * the adapter offers, and reports no loss of the device.
 */
import { registerBackend, removeBackend } from '@tensorflow/tfjs-core';

/** Limits that are raised from their defaults to what the adapter offers. */
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

/** Registers the backend as "webgpu". Further calls change nothing until its device is lost. */
export async function registerWebgpu(adapter: GPUAdapter): Promise<void> {
  if (alive) return;
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const device = await adapter.requestDevice({
    requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  alive = device;
  void device.lost.then(() => (alive = null));
  // In a browser the package has registered its own backend; a backend whose device is lost must go too.
  removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
}

/** Names of the software renderers of Chromium and Mesa. */
export function isSoftware({ architecture, description, isFallbackAdapter }: GPUAdapterInfo): boolean {
  return isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|software/i.test(`${architecture} ${description}`);
}
