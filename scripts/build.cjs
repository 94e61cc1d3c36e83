'use strict';
const { mkdtempSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { fingerprint, isStampedWith } = require('./fingerprint.cjs');
const { assertReadable, root } = require('./install.cjs');
const { ensureKernels } = require('./kernels.cjs');

/** What the page is made of; the compiled kernels are made of the rest. */
const inputs = ['index.html', 'vite.config.ts', 'package-lock.json', 'public', 'src', 'workers', 'scripts/kernels.cjs'];
const folder = join(root, 'dist');
const stamp = join(folder, '.built-from');

/** Of what the page is made of. */
const state = () => fingerprint(inputs, (path) => path !== 'src/kernels/built');

/** Whether the page as it is now lies built in `dist`. Writes nothing. */
exports.isBuilt = () => isStampedWith(stamp, state());

/** Builds the page when it is missing or something it is made of has changed. */
exports.ensureBuilt = async function ensureBuilt() {
  if (exports.isBuilt()) return;
  assertReadable();
  await ensureKernels();
  console.error('Building ...');
  await withPlainRoot(async (plainRoot) => {
    // The loader of the command line reads the configuration; Vite's own would write beside the packages first.
    (await import('tsx/esm/api')).register();
    const { build } = await import('vite');
    await build({ root: plainRoot, configLoader: 'native', resolve: { preserveSymlinks: plainRoot !== root }, logLevel: 'error' });
  });
  writeFileSync(stamp, state());
};

/** Calls with the root, or with a link to it where Vite would take its name for an address with a fragment. */
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

/** Where the built page lies. */
exports.folder = folder;
exports.state = state;

if (require.main === module)
  exports.ensureBuilt().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
