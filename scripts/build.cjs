'use strict';
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { root } = require('./install.cjs');
const { ensureKernels } = require('./kernels.cjs');

const inputs = ['index.html', 'vite.config.ts', 'package-lock.json', 'public', 'src', 'workers'];
const stamp = join(root, 'dist', '.built-from');

/** Builds the page when it is missing or something it is made of has changed. */
exports.ensureBuilt = async function ensureBuilt() {
  ensureKernels();
  const state = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  console.error('Building ...');
  const { build } = await import('vite');
  await build({ root, logLevel: 'error' });
  writeFileSync(stamp, state);
};

/** Changes with the content of any input. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(path).update(readFileSync(path));
  };
  for (const input of inputs) visit(join(root, input));
  return hash.digest('hex');
}
