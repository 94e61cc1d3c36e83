/** Finds and starts Chromium for benchmarks. */
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { chromium, type Browser } from '@playwright/test';
import { requestNodeAdapter } from '../src/backends/nodeWebgpu';

interface Scripts {
  /** The folder of the built page. */
  readonly folder: string;
  readonly serve: (folder: string, port: number) => Promise<Server>;
  readonly ensureBuilt: () => Promise<void>;
  readonly ensureChromium: () => string;
  readonly root: string;
}

const requireScript = createRequire(import.meta.url);
export const load = (name: string) => requireScript(`../scripts/${name}.cjs`) as Scripts;

export async function hasSoftwareAdapterOnly(): Promise<boolean> {
  const adapter = await requestNodeAdapter().catch(() => null);
  return !adapter || /swiftshader|llvmpipe/i.test(`${adapter.info.architecture} ${adapter.info.description}`);
}

/** Flags that allow pages to use WebGPU. @param software whether to use the software adapter, because there is no other */
export const webgpuFlags = (software: boolean): string[] => [
  '--enable-unsafe-webgpu',
  ...(software ? ['--use-webgpu-adapter=swiftshader'] : []),
];

export function launch(flags: readonly string[]): Promise<Browser> {
  const args = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...flags,
  ];
  return chromium.launch({ executablePath: load('chromium').ensureChromium(), args });
}
