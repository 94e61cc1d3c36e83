'use strict';
// `npm start`: installs and builds, each only when needed, serves, and prints where the page is.
require('./nodeVersion.cjs').assertNodeVersion();
const { endWithNpm } = require('./child.cjs');
const { ensureInstalled } = require('./install.cjs');
const { ensureBuilt, folder, isBuilt } = require('./build.cjs');

const FIRST_PORT = 4173;
const TRIES = 50;
/** Most systems reserve the ports below this one. */
const FIRST_FREE_PORT = 1024;

async function main() {
  endWithNpm();
  const wanted = wantedPort();
  if (!isBuilt() || !canServe()) {
    await ensureInstalled();
    await ensureBuilt();
  }
  const port = await serveFrom(wanted);
  if (port !== wanted) console.error(`Port ${wanted} is taken by another program; using ${port} instead.`);
  console.log(`NAS Workbench is at http://localhost:${port}/ (Ctrl+C ends it)`);
}

/** Whether the only package that serving needs is installed. A built page in a read-only folder needs no other. */
function canServe() {
  try {
    return Boolean(require.resolve('serve-static'));
  } catch {
    return false;
  }
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

/** Serves on this port, or on the next one that no other program uses. */
async function serveFrom(first) {
  const { serve } = require('./serve.cjs');
  for (let port = first; port < first + TRIES; port++) {
    try {
      await serve(folder, port);
      return port;
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw new Error(whyNot(port, error), { cause: error });
    }
  }
  throw new Error(`Ports ${first} to ${first + TRIES - 1} are all taken. Set PORT to a free one.`);
}

function whyNot(port, { code, message }) {
  if (code !== 'EACCES') return `Port ${port} cannot be served on: ${message}. Set PORT to another one.`;
  const reserved = port < FIRST_FREE_PORT ? ', since ports below 1024 are kept for the system' : '';
  return `Port ${port} is not permitted to this user (EACCES)${reserved}. Set PORT to another one, such as ${FIRST_PORT}.`;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
