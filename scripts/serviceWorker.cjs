'use strict';
const { createHash } = require('node:crypto');
const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const isolation = require('./isolation.json');

const sha256 = (content) => createHash('sha256').update(content).digest('hex');

/**
 * Builds the service worker into the folder of the built page, with the list of the page's files in it.
 * @param root the checkout
 * @param folder the built page
 * @param options further options of Vite
 */
exports.buildServiceWorker = async function buildServiceWorker(root, folder, options) {
  const files = Object.fromEntries(
    readdirSync(folder, { recursive: true })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => !name.startsWith('.') && statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [name, sha256(readFileSync(join(folder, name)))]),
  );
  const build = { id: sha256(JSON.stringify([files, isolation])).slice(0, 16), headers: isolation, files };
  const { build: bundle } = await import('vite');
  await bundle({
    ...options,
    root,
    configFile: false,
    publicDir: false,
    define: { BUILD: JSON.stringify(build) },
    build: {
      target: 'es2023',
      outDir: folder,
      emptyOutDir: false,
      // One script without imports: a service worker's imports would be files beyond the list.
      lib: { entry: join(root, 'workers', 'service.worker.ts'), formats: ['iife'], name: 'serviceWorker', fileName: () => 'sw.js' },
    },
  });
};
