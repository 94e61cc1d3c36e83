'use strict';
// `npm run -s classroom`: serves the page, built where needed, together with the runs that a class shares.
require('./nodeVersion.cjs').assertNodeVersion();
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { folder, isBuilt } = require('./build.cjs');
const { endWithNpm, runChild } = require('./child.cjs');
const { ensureInstalled, hasPackages, root } = require('./install.cjs');

async function main() {
  endWithNpm();
  if (!(process.argv.includes('--help') && hasPackages())) {
    await ensureInstalled();
    // In a process of its own, which takes the memory of the build with it.
    if (!isBuilt()) {
      const status = await runChild(process.execPath, [join(__dirname, 'build.cjs')], { stdio: 'inherit' });
      if (status !== 0) process.exit(status);
    }
  }
  (await import('tsx/esm/api')).register();
  const { runClassroom } = await import(pathToFileURL(join(root, 'src/cli/classroom/classroom.ts')).href);
  runClassroom(require('./serve.cjs').filesOf(folder));
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
