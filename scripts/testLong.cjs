'use strict';
// `npm run test:long`, after `npm test`: the tests that take long, in Node and then in the browser.
const { join } = require('node:path');
const { runChild } = require('./child.cjs');
const { ensureChromium } = require('./chromium.cjs');
const { ensureInstalled, root } = require('./install.cjs');

async function main() {
  await ensureInstalled();
  const chromium = ensureChromium();
  const run = (program, args, which) =>
    runChild(join(root, 'node_modules', '.bin', program), args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, CHROMIUM: chromium, BROWSER_TESTS: which },
      shell: process.platform === 'win32',
    });
  const ends = [
    await run('vitest', ['run', '--mode', 'long']),
    await run('playwright', ['test'], 'long'),
    await run('playwright', ['test'], 'alone'),
  ];
  process.exit(ends.every((status) => status === 0) ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
