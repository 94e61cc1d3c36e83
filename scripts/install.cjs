'use strict';
const { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { runChild } = require('./child.cjs');

const root = join(__dirname, '..');
const installed = join(root, 'node_modules');

/** Whether there are packages at all, of this lock file or an older one. */
exports.hasPackages = () => npmRecord() !== null;

/** Installs the packages when they are missing or are not those of the lock file, whoever put them there. */
exports.ensureInstalled = async function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing packages (once) ...');
  let beside;
  try {
    beside = mkdtempSync(join(root, '.installing-'));
    // Node ends without asking when a signal says so; what is half installed goes with it.
    process.once('exit', () => rmSync(beside, { recursive: true, force: true }));
    for (const name of ['package.json', 'package-lock.json', '.npmrc'])
      if (existsSync(join(root, name))) copyFileSync(join(root, name), join(beside, name));
    const status = await runChild('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: beside,
      // Everything but errors would only distract; stdout is kept free for programs that print their result there.
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

/** Puts new packages in the place of old ones, which go where they are told to, or back where the new ones cannot be put in place. */
function swap(fresh, replaced) {
  if (existsSync(installed)) renameSync(installed, replaced);
  try {
    renameSync(fresh, installed);
  } catch (error) {
    if (existsSync(replaced)) renameSync(replaced, installed);
    throw error;
  }
}

/** Whether what npm says it has installed is what the lock file asks for. Optional packages may be missing: not every platform has them. */
function isInstalled() {
  const record = npmRecord();
  if (!record) return false;
  const wanted = Object.entries(packagesIn(join(root, 'package-lock.json'))).filter(([path]) => path !== '');
  return wanted.every(([path, { version, integrity, optional, devOptional }]) => {
    const found = record[path];
    return found ? found.version === version && found.integrity === integrity : Boolean(optional ?? devOptional);
  });
}

/** What npm wrote down at the end of the last installation, null where none came to its end. */
function npmRecord() {
  const path = join(installed, '.package-lock.json');
  return existsSync(path) ? packagesIn(path) : null;
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** @throws Error when the loader and the bundler cannot read this checkout: they take what follows a `?` for no part of a path */
exports.assertReadable = function assertReadable() {
  if (root.includes('?')) throw new Error(`The folder ${root} has a "?" in its name, which the build tools cannot read. Rename it.`);
};

exports.root = root;
