'use strict';
// `npm run test:long`, after `npm test`: the tests that take long, in Node and then in the browser.
const { join } = require('node:path');
const { runChild } = require('./child.cjs');
const { ensureChromium } = require('./chromium.cjs');
const { ensureInstalled, root } = require('./install.cjs');

async function main() {
  await ensureInstalled();
  const env = { ...process.env, CHROMIUM: ensureChromium(), BROWSER_TESTS: 'long' };
  const options = { cwd: root, stdio: 'inherit', env, shell: process.platform === 'win32' };
  const bin = (name) => join(root, 'node_modules', '.bin', name);
  const unit = await runChild(bin('vitest'), ['run', '--mode', 'long'], options);
  const browser = await runChild(bin('playwright'), ['test'], options);
  process.exit(unit === 0 && browser === 0 ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
