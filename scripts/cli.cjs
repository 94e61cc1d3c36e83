'use strict';
// Runs one of the command-line programs: checks Node, installs what is missing, and passes arguments and exit status on.
require('./nodeVersion.cjs').assertNodeVersion();
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { ensureInstalled, root } = require('./install.cjs');
const { ensureKernels } = require('./kernels.cjs');

ensureInstalled();
ensureKernels();
const [program, ...args] = process.argv.slice(2);
const loader = pathToFileURL(require.resolve('tsx')).href;
const { status, signal } = spawnSync(process.execPath, ['--import', loader, join(root, program), ...args], { stdio: 'inherit' });
process.exit(signal ? 1 : (status ?? 1));
