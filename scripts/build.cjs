'use strict';
const { mkdtempSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { fingerprint, isStampedWith } = require('./fingerprint.cjs');
const { assertReadable, root } = require('./install.cjs');
const { ensureKernels } = require('./kernels.cjs');
const { buildServiceWorker } = require('./serviceWorker.cjs');

/** The sources of the page. The compiled kernels, which the page contains too, have sources of their own. */
const inputs = [
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'public',
  'src',
  'workers',
  'scripts/kernels.cjs',
  'scripts/isolation.json',
  'scripts/serviceWorker.cjs',
];
const folder = join(root, 'dist');
const stamp = join(folder, '.built-from');

/** A fingerprint of the page's sources. */
const state = () => fingerprint(inputs, (path) => path !== 'src/kernels/built');

/** Whether `dist` holds the page built from the sources as they are now. Writes nothing. */
exports.isBuilt = () => isStampedWith(stamp, state());

/** Builds the page when it is missing or one of its sources has changed. */
exports.ensureBuilt = async function ensureBuilt() {
  if (exports.isBuilt()) return;
  assertReadable();
  await ensureKernels();
  console.error('Building ...');
  // A shell or a test may have set another, with which the page would have React's slow checks.
  process.env.NODE_ENV = 'production';
  await withPlainRoot(async (plainRoot) => {
    // tsx reads the configuration, since Vite's own loader would write into node_modules first.
    (await import('tsx/esm/api')).register();
    const { build } = await import('vite');
    const options = { resolve: { preserveSymlinks: plainRoot !== root }, logLevel: 'error' };
    await build({ ...options, root: plainRoot, configLoader: 'native' });
    await buildServiceWorker(plainRoot, join(plainRoot, 'dist'), options);
  });
  writeFileSync(stamp, state());
};

/** Calls with the root. A root with "#" in its path is passed as a link, since Vite would read what follows as the fragment of a URL. */
async function withPlainRoot(use) {
  if (!root.includes('#')) return use(root);
  const links = mkdtempSync(join(tmpdir(), 'nas-workbench-'));
  try {
    const link = join(links, 'root');
    symlinkSync(root, link, 'junction');
    return await use(link);
  } finally {
    rmSync(links, { recursive: true });
  }
}

/** The folder of the built page. */
exports.folder = folder;
exports.state = state;

if (require.main === module)
  exports.ensureBuilt().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
