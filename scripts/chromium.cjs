'use strict';
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a Chromium, or undefined. CHROMIUM in the environment comes first. */
exports.findChromium = function findChromium() {
  return places.find((place) => place && existsSync(place));
};

/** Path of a Chromium, which is installed first where the system's package manager may do that without asking. */
exports.ensureChromium = function ensureChromium() {
  const found = exports.findChromium();
  if (found) return found;
  if (existsSync('/usr/bin/apt-get')) {
    console.error('Installing Chromium with apt-get (once) ...');
    const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      const [command, ...rest] = [...asRoot, 'apt-get', ...args];
      spawnSync(command, rest, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    }
  }
  const installed = exports.findChromium();
  if (installed) return installed;
  console.error('The browser tests need Chromium or Chrome: install one, or set CHROMIUM to its path.');
  process.exit(1);
};
