'use strict';
// Compiles the AssemblyScript training kernels: plain and relaxed SIMD, for memories of one thread and shared ones.
const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { root } = require('./install.cjs');

const sources = join(root, 'src', 'kernels');
const target = join(sources, 'built');

const builds = ['simd', 'relaxed'].flatMap((vector) =>
  ['single', 'shared'].map((memory) => ({
    file: join(target, `${vector}-${memory}.wasm`),
    options: [
      ...(vector === 'relaxed' ? ['--enable', 'relaxed-simd'] : []),
      ...(memory === 'shared' ? ['--enable', 'threads', '--sharedMemory'] : []),
    ],
  })),
);

/** AssemblyScript, and the enums that it shares with TypeScript. */
const isSource = (path) => /[\\/](assembly[\\/]\w+|assembly\w*|fields|calls)\.ts$/.test(path);

/** Files below a folder whose name passes. */
function files(folder, passes) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path, passes);
    return passes(path) ? [path] : [];
  });
}

/** Compiles what is missing or older than its sources. */
function ensureKernels() {
  const newest = Math.max(...[...files(sources, isSource), __filename].map((path) => statSync(path).mtimeMs));
  const stale = builds.filter(({ file }) => !existsSync(file) || statSync(file).mtimeMs <= newest);
  if (stale.length === 0) return;
  console.error('Compiling the training kernels ...');
  mkdirSync(target, { recursive: true });
  for (const { file, options } of stale) {
    const { status } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js'),
        join(sources, 'assembly', 'index.ts'),
        '--outFile',
        file,
        // No runtime and no memory of its own: the module works on addresses that it is given.
        ...['--runtime', 'stub', '--noAssert', '--optimizeLevel', '3', '--converge', '--enable', 'simd'],
        ...['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
        ...options,
      ],
      { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    if (status !== 0) throw new Error(`the kernels could not be compiled to ${file}`);
  }
}

module.exports = { ensureKernels };
if (require.main === module) ensureKernels();
