'use strict';
// Runs one of the command-line programs in this process, so that a signal reaches it and nothing else.
require('./nodeVersion.cjs').assertNodeVersion();
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { endWithNpm } = require('./child.cjs');
const { assertReadable, ensureInstalled, hasPackages, root } = require('./install.cjs');
const { ensureKernels } = require('./kernels.cjs');

async function main() {
  endWithNpm();
  assertReadable();
  const [program, ...args] = process.argv.slice(2);
  // Help needs no kernels, and any packages will do.
  if (!(args.includes('--help') && hasPackages())) {
    await ensureInstalled();
    await ensureKernels();
  }
  (await import('tsx/esm/api')).register();
  // The program reads its arguments as if it had been started directly.
  const path = join(root, program);
  process.argv = [process.execPath, path, ...args];
  await import(pathToFileURL(path).href);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
