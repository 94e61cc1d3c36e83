'use strict';
// `npm start`: installs, builds and serves, each only when needed, and prints where the page is.
require('./nodeVersion.cjs').assertNodeVersion();
const { createServer } = require('node:net');
const { ensureInstalled, root } = require('./install.cjs');
const { ensureBuilt } = require('./build.cjs');

const FIRST_PORT = 4173;
const TRIES = 50;

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  const wanted = wantedPort();
  const port = await freePort(wanted);
  if (port !== wanted) console.error(`Port ${wanted} is taken by another program; using ${port} instead.`);
  const { preview } = await import('vite');
  await preview({ root, logLevel: 'error', preview: { port, strictPort: true, host: 'localhost' } });
  console.log(`NAS Workbench is at http://localhost:${port}/ (Ctrl+C ends it)`);
}

function wantedPort() {
  const given = process.env.PORT;
  if (given === undefined) return FIRST_PORT;
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1 || port > 65535 - TRIES) {
    console.error(`PORT takes a whole number from 1 to ${65535 - TRIES}, not "${given}".`);
    process.exit(2);
  }
  return port;
}

async function freePort(from) {
  for (let port = from; port < from + TRIES; port++) if (await isFree(port)) return port;
  console.error(`Ports ${from} to ${from + TRIES - 1} are all taken. Set PORT to a free one.`);
  process.exit(1);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, 'localhost', () => server.close(() => resolve(true)));
  });
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
