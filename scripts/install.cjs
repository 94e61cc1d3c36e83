'use strict';
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
/** Lies in node_modules and goes with it; holds a hash of the lock file that was installed. */
const stamp = join(root, 'node_modules', '.installed-lock');

/** Installs the packages when they are missing or the lock file has changed since. */
exports.ensureInstalled = function ensureInstalled() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing packages (once) ...');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // Everything but errors would only distract; stdout is kept free for programs that print their result there.
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error('The packages could not be installed (npm ci failed, see above). Check the network and try again.');
    process.exit(1);
  }
  writeFileSync(stamp, lock);
};

exports.root = root;
