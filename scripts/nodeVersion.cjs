'use strict';
// Old JavaScript, since it must run on the Node versions that it refuses.

/** Ends the process with one line when this Node is too old. */
exports.assertNodeVersion = function assertNodeVersion() {
  var parts = process.versions.node.split('.').map(Number);
  var major = parts[0];
  var minor = parts[1];
  var good = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24;
  if (good) return;
  console.error(
    'NAS Workbench needs Node 20.19, 22.13 or newer (24, 26, ...); this is Node ' +
      process.versions.node +
      '. Get one from https://nodejs.org and try again.',
  );
  process.exit(2);
};
