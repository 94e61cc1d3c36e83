'use strict';
const { createHash } = require('node:crypto');
const { existsSync, readdirSync, readFileSync, statSync } = require('node:fs');
const { join, relative } = require('node:path');
const { root } = require('./install.cjs');

/**
 * A hash of the content and the names of files. It does not depend on their times or on the checkout's path, so copies and
 * mounts of a checkout have the same one.
 * @param paths files and folders below the root
 * @param {(path: string) => boolean} passes which files and folders count, by their path from the root
 */
exports.fingerprint = function fingerprint(paths, passes = () => true) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const name = relative(root, path).replaceAll('\\', '/');
    if (!passes(name)) return;
    if (statSync(path).isDirectory()) for (const entry of readdirSync(path).sort()) visit(join(path, entry));
    else hash.update(`${name}\0`).update(readFileSync(path));
  };
  for (const path of paths) visit(join(root, path));
  return hash.digest('hex');
};

/** Whether the file holds this text. */
exports.isStampedWith = (file, text) => existsSync(file) && readFileSync(file, 'utf8') === text;
