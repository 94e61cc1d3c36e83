/**
 * WebGPU under Node by Dawn, Chromium's implementation, from an optional package. On a machine without a Vulkan
 * driver it uses the software driver that comes with Chromium, so that tests run the same kernels as a browser.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

/** Linux's RTLD_NODELETE: keeps a library loaded although `dlopen` fails because it is no Node module. */
const KEEP_LOADED = 0x1000;
const DRIVER_FOLDERS = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d'];
const CHROMIUM_FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/** Kept for ever: Dawn frees its devices when this object is collected, even those in use. */
let gpu: GPU | null = null;

/** @throws Error with a reason for people when there is no package or no adapter */
export async function requestNodeAdapter(): Promise<GPUAdapter> {
  gpu ??= await startDawn();
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new Error('there is no graphics adapter with a Vulkan, Metal or Direct3D driver; installing Chromium brings a software one');
  return adapter;
}

async function startDawn(): Promise<GPU> {
  const { create, globals } = await import('webgpu').catch((error: unknown) => {
    throw new Error(`the package "webgpu" is not installed or does not load here (${(error as Error).message})`);
  });
  if (process.platform === 'linux' && !hasDriver()) useSoftwareDriver();
  Object.assign(globalThis, globals);
  const made = create([]);
  // tfjs looks for this object before it requests a device.
  if (!('navigator' in globalThis)) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(globalThis.navigator, 'gpu', { value: made, configurable: true });
  return made;
}

function hasDriver(): boolean {
  if (process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES) return true;
  return DRIVER_FOLDERS.some((folder) => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json')));
}

/** Points the Vulkan loader at Chromium's software driver, and loads Chromium's copy of the loader. */
function useSoftwareDriver(): void {
  const { CHROMIUM } = process.env;
  const folders = [...(CHROMIUM && existsSync(CHROMIUM) ? [dirname(realpathSync(CHROMIUM))] : []), ...CHROMIUM_FOLDERS];
  const folder = folders.find((candidate) => existsSync(join(candidate, 'vk_swiftshader_icd.json')));
  if (folder === undefined) return;
  process.env.VK_DRIVER_FILES = join(folder, 'vk_swiftshader_icd.json');
  try {
    process.dlopen({ exports: {} }, join(folder, 'libvulkan.so.1'), constants.dlopen.RTLD_NOW | KEEP_LOADED);
  } catch {
    // This always throws, since the library is no Node module. Whether it has been loaded shows when Dawn looks for an adapter.
  }
}
