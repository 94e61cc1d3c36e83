'use strict';
// Serves a folder of built files on this machine. Each request reads the folder again; nothing is written.
const { createServer } = require('node:http');
const { join, sep } = require('node:path');
const serveStatic = require('serve-static');
const isolation = require('./isolation.json');

/** The names of files in this folder hold a hash of their content, so a file never changes. */
const HASHED = `${sep}assets${sep}`;
const YEAR = 365 * 24 * 60 * 60;

/**
 * @param folder what is served, with its `index.html` at `/`
 * @returns {import('node:http').RequestListener} what answers each request
 */
exports.filesOf = function filesOf(folder) {
  const files = serveStatic(folder, {
    redirect: false,
    cacheControl: false,
    setHeaders(response, path) {
      const hashed = path.startsWith(join(folder, HASHED));
      response.setHeader('Cache-Control', hashed ? `public, max-age=${YEAR}, immutable` : 'no-cache');
    },
  });
  return (request, response) => {
    for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
    files(request, response, (error) => refuse(request, response, error));
  };
};

/**
 * @param folder as for `filesOf`
 * @param port the port on localhost, 0 for any free one
 * @returns {Promise<import('node:http').Server>} once it listens
 * @throws what `listen` reports: `EADDRINUSE` for a port that is taken, `EACCES` for one that may not be used
 */
exports.serve = function serve(folder, port) {
  const server = createServer(exports.filesOf(folder));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', () => resolve(server));
  });
};

/** Answers with a status and one line. Another file instead, such as the page, would be mistaken for the requested one. */
function refuse({ method }, response, error) {
  const reading = method === 'GET' || method === 'HEAD';
  const [status, headers, why] = error
    ? [error.status ?? 500, error.headers, `This cannot be served: ${error.message}.`]
    : reading
      ? [404, {}, 'There is no such file.']
      : [405, { Allow: 'GET, HEAD' }, 'Files can only be read.'];
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers });
  response.end(`${why}\n`);
}
