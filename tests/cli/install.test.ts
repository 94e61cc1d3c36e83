/**
 * An existing installation is recognised, and a failed one removes nothing: tested on a small project, with a script in npm's
 * place.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root, start } from '../support/command';

const wanted = {
  '': { name: 'small' },
  'node_modules/one': { version: '1.0.0', integrity: 'sha512-1' },
  'node_modules/two': { version: '2.0.0', integrity: 'sha512-2', dev: true },
  'node_modules/other-platform': { version: '3.0.0', integrity: 'sha512-3', optional: true },
};
const { one, two } = { one: wanted['node_modules/one'], two: wanted['node_modules/two'] };
const installed = { 'node_modules/one': one, 'node_modules/two': two, 'node_modules/more': one };

let project: string;
const inProject = (...path: string[]) => join(project, ...path);

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'install '));
  mkdirSync(inProject('scripts'));
  for (const name of ['install.cjs', 'child.cjs', 'cli.cjs', 'nodeVersion.cjs', 'kernels.cjs', 'fingerprint.cjs'])
    cpSync(join(root, 'scripts', name), inProject('scripts', name));
  writeFileSync(inProject('package.json'), '{"devDependencies":{"assemblyscript":"1.0.0"}}');
  writeFileSync(inProject('package-lock.json'), JSON.stringify({ packages: wanted }));
});
afterEach(() => rmSync(project, { recursive: true }));

function havePackages(packages: object): void {
  mkdirSync(inProject('node_modules', 'one'), { recursive: true });
  writeFileSync(inProject('node_modules', 'one', 'index.js'), 'old');
  writeFileSync(inProject('node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

/** Installs with this script in npm's place. */
async function install(npm: string, args = ['-e', "require('./scripts/install.cjs').ensureInstalled().then(() => console.log('ready'))"]) {
  mkdirSync(inProject('bin'));
  writeFileSync(inProject('bin', 'npm'), `#!/bin/sh\n${npm}\n`);
  chmodSync(inProject('bin', 'npm'), 0o755);
  const PATH = `${inProject('bin')}${delimiter}${process.env.PATH}`;
  const run = start(process.execPath, args, { PATH }, project);
  const { status } = await run.ended;
  return { status, ...run.printed };
}

const FAILS = 'mkdir node_modules; echo "npm error network" >&2; exit 1';
const left = () => readdirSync(project).filter((name) => name.startsWith('.installing'));

// The npm of these tests is a shell script, which Windows does not run.
describe.skipIf(process.platform === 'win32')('packages', () => {
  it('that are those of the lock file are not installed again, whoever installed them', async () => {
    havePackages(installed);
    expect(await install(FAILS)).toEqual({ status: 0, stdout: 'ready\n', stderr: '' });
  });

  it.each([
    ['missing', { 'node_modules/one': one }],
    ['of another version', { ...installed, 'node_modules/one': { ...one, version: '0.9.0' } }],
    ['of other content', { ...installed, 'node_modules/one': { ...one, integrity: 'sha512-0' } }],
    ['optional and of another version', { ...installed, 'node_modules/other-platform': { ...one, version: '0.9.0' } }],
  ])('one of which is %s are installed anew; what was there stays when that fails', async (_, packages) => {
    havePackages(packages);
    const { status, stderr } = await install(FAILS);
    expect(status).toBe(1);
    expect(stderr).toContain(
      'npm error network\nThe packages could not be installed (npm ci failed, see above). Those that were there still are. ',
    );
    expect(readFileSync(inProject('node_modules', 'one', 'index.js'), 'utf8')).toBe('old');
    expect(left()).toEqual([]);
  });

  it('that are new take the place of the old', async () => {
    havePackages({});
    const npm = 'test -e package-lock.json && mkdir -p node_modules/one && echo new > node_modules/one/index.js';
    expect(await install(npm)).toMatchObject({ status: 0, stdout: 'ready\n' });
    expect(readFileSync(inProject('node_modules', 'one', 'index.js'), 'utf8')).toBe('new\n');
    expect(left()).toEqual([]);
  });

  it('that cannot be installed the first time leave nothing behind', async () => {
    const { status, stderr } = await install('exit 127');
    expect(status).toBe(1);
    expect(stderr).toContain('Check the network and try again.');
    expect(existsSync(inProject('node_modules'))).toBe(false);
  });

  it('of an older lock file do for help', async () => {
    havePackages({ 'node_modules/one': { ...one, version: '0.9.0' } });
    mkdirSync(inProject('node_modules', 'tsx'));
    writeFileSync(inProject('node_modules', 'tsx', 'package.json'), '{"exports":{"./esm/api":"./api.mjs"}}');
    writeFileSync(inProject('node_modules', 'tsx', 'api.mjs'), 'export const register = () => {};');
    writeFileSync(inProject('help.mjs'), 'console.log("help");');
    expect(await install(FAILS, ['scripts/cli.cjs', 'help.mjs', '--help'])).toEqual({ status: 0, stdout: 'help\n', stderr: '' });
  });
});
