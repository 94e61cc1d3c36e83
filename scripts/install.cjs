'use strict';
const { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { runChild } = require('./child.cjs');

const root = join(__dirname, '..');
const installed = join(root, 'node_modules');

/** Whether packages are installed, whichever lock file they belong to. */
exports.hasPackages = () => npmRecord() !== null;

/** Installs the packages when they are missing or differ from the lock file, whoever installed them. */
exports.ensureInstalled = async function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing packages (once) ...');
  let beside;
  try {
    beside = mkdtempSync(join(root, '.installing-'));
    // A signal makes `runChild` exit, and this removes what is half installed.
    process.once('exit', () => rmSync(beside, { recursive: true, force: true }));
    for (const name of ['package.json', 'package-lock.json', '.npmrc'])
      if (existsSync(join(root, name))) copyFileSync(join(root, name), join(beside, name));
    const status = await runChild('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: beside,
      // Only errors are shown. stdout stays free, since programs print their results there.
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error('npm ci failed, see above');
    swap(join(beside, 'node_modules'), join(beside, 'replaced'));
  } catch (error) {
    console.error(
      `The packages could not be installed (${error.message}). ${existsSync(installed) ? 'Those that were there still are. ' : ''}Check the network and try again.`,
    );
    process.exit(1);
  }
  rmSync(beside, { recursive: true, force: true });
};

/** Replaces the old packages by new ones and moves the old ones away. When that fails, the old ones come back. */
function swap(fresh, replaced) {
  if (existsSync(installed)) renameSync(installed, replaced);
  try {
    renameSync(fresh, installed);
  } catch (error) {
    if (existsSync(replaced)) renameSync(replaced, installed);
    throw error;
  }
}

/** Whether npm has installed what the lock file asks for. Optional packages may be missing, since some platforms have none. */
function isInstalled() {
  const record = npmRecord();
  if (!record) return false;
  const wanted = Object.entries(packagesIn(join(root, 'package-lock.json'))).filter(([path]) => path !== '');
  return wanted.every(([path, { version, integrity, optional, devOptional }]) => {
    const found = record[path];
    return found ? found.version === version && found.integrity === integrity : Boolean(optional ?? devOptional);
  });
}

/** npm's record of the last finished installation, null when there is none. */
function npmRecord() {
  const path = join(installed, '.package-lock.json');
  return existsSync(path) ? packagesIn(path) : null;
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** @throws Error when the path of this checkout has a `?`, after which the loader and the bundler expect a query */
exports.assertReadable = function assertReadable() {
  if (root.includes('?')) throw new Error(`The folder ${root} has a "?" in its name, which the build tools cannot read. Rename it.`);
};

exports.root = root;
