'use strict';
// `npm test`: installs what is missing, then runs every check and prints a summary.
require('./nodeVersion.cjs').assertNodeVersion();
const { join } = require('node:path');
const { endWithNpm, runChild } = require('./child.cjs');
const { ensureInstalled, root } = require('./install.cjs');
const { ensureBuilt } = require('./build.cjs');
const { ensureChromium } = require('./chromium.cjs');

const bin = (name) => join(root, 'node_modules', '.bin', name);

/** One stage after the other; the checks of a stage side by side, since each of the first keeps one core busy and the others all. */
const stages = [
  [
    ['types', bin('tsc'), ['--build']],
    ['lint', bin('eslint'), ['.', '--max-warnings', '0']],
    ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ],
  [['unit, parity and worker tests', bin('vitest'), ['run', '--reporter=dot']]],
  [['browser tests', bin('playwright'), ['test']]],
];

/** Runs a check to its end, and says whether it passed and how long it took. */
async function run([name, command, args], env) {
  const started = Date.now();
  const status = await runChild(command, args, { cwd: root, stdio: 'inherit', env, shell: process.platform === 'win32' });
  return { name, passed: status === 0, seconds: Math.round((Date.now() - started) / 1000) };
}

async function main() {
  endWithNpm();
  await ensureInstalled();
  const chromium = ensureChromium();
  await ensureBuilt();
  const results = [];
  for (const checks of stages) {
    console.log(`\n== ${checks.map(([name]) => name).join(', ')}`);
    results.push(...(await Promise.all(checks.map((check) => run(check, { ...process.env, CHROMIUM: chromium })))));
  }
  console.log('\n== summary');
  for (const { name, passed, seconds } of results) console.log(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`);
  process.exit(results.every(({ passed }) => passed) ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
