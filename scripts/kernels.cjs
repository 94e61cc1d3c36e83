'use strict';
// Compiles the AssemblyScript training kernels, with plain and with relaxed SIMD, for one thread and for shared memory.
const { existsSync, mkdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { fingerprint, isStampedWith } = require('./fingerprint.cjs');
const { root } = require('./install.cjs');

const compiler = require('../package.json').devDependencies.assemblyscript;
const own = 'scripts/kernels.cjs';
const sources = join('src', 'kernels');
const target = join(sources, 'built');
/** A file beside the compiled kernels with the fingerprint of their sources. */
const stamp = join(root, target, '.built-from');

const builds = ['simd', 'relaxed'].flatMap((vector) =>
  ['single', 'shared'].map((memory) => ({
    file: join(target, `${vector}-${memory}.wasm`),
    options: [
      ...(vector === 'relaxed' ? ['--enable', 'relaxed-simd'] : []),
      ...(memory === 'shared' ? ['--enable', 'threads', '--sharedMemory'] : []),
    ],
  })),
);

/** The sources: AssemblyScript, and the enums and constants that it shares with TypeScript. */
const isSource = (path) => /\/(assembly\/\w+|assembly\w*|fields|calls|constants)\.ts$/.test(path);
const isFolder = (path) => statSync(join(root, path)).isDirectory();

/** Compiles the kernels that are missing, or whose sources or compiler have changed. */
async function ensureKernels() {
  const state = `${compiler} ${fingerprint([sources, own], (path) => path === own || isFolder(path) || isSource(path))}`;
  if (isStampedWith(stamp, state) && builds.every(({ file }) => existsSync(join(root, file)))) return;
  console.error('Compiling the training kernels ...');
  // The compiler runs in this process, since a process of its own would survive a signal to this one.
  const { default: asc } = await import('assemblyscript/asc');
  mkdirSync(join(root, target), { recursive: true });
  rmSync(stamp, { force: true });
  for (const { file, options } of builds) {
    const { error } = await asc.main(
      [
        join(sources, 'assembly', 'index.ts'),
        ...['--baseDir', root, '--outFile', file],
        // The module has no runtime and no memory: it works on addresses that it is given.
        ...['--runtime', 'stub', '--noAssert', '--optimizeLevel', '3', '--converge', '--enable', 'simd'],
        ...['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
        ...options,
      ],
      { stdout: process.stderr, stderr: process.stderr },
    );
    if (error) throw new Error(`the kernels could not be compiled to ${file}: ${error.message}`);
  }
  writeFileSync(stamp, state);
}

module.exports = { ensureKernels };
if (require.main === module)
  ensureKernels().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
