/** Finds the compilers and emulators, and installs Debian's where this machine lets us. */
import { spawnSync } from 'node:child_process';
import { targets, type Target } from './targets';

const isThere = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

/** The compiler and the emulator of a target that this machine lacks. */
const missingFor = ({ compiler, emulator }: Target) => [compiler, emulator].filter((program) => !isThere(program));

/** The C library's headers, which CMSIS-NN reads. */
const hasHeaders = ({ compiler }: Target) =>
  spawnSync(compiler, ['-fsyntax-only', '-x', 'c', '-'], {
    input: '#include <string.h>\n#include <assert.h>\n',
    stdio: ['pipe', 'ignore', 'ignore'],
  }).status === 0;

export interface Tools {
  /** The targets that can be built for and emulated here. */
  readonly usable: readonly Target[];
  /** One line on what is missing and how to get it; null where nothing is. */
  readonly missing: string | null;
}

/**
 * @param wanted some of `targets`
 * @param withLibrary whether Arm's C library is needed, as CMSIS-NN does
 * @param install whether Debian's packages may be installed, which only the superuser can
 */
export function findTools(wanted: readonly Target[] = targets, withLibrary = false, install = true): Tools {
  const lacking = (target: Target) =>
    missingFor(target).length > 0 || (withLibrary && target.runtime === 'arm' && !hasHeaders(target)) ? target : null;
  const packages = () => [
    ...new Set(
      wanted
        .filter(lacking)
        .flatMap((target) => [...target.packages, ...(withLibrary && target.runtime === 'arm' ? ['libnewlib-arm-none-eabi'] : [])]),
    ),
  ];
  const names = packages();
  if (names.length > 0 && install && process.getuid?.() === 0 && isThere('apt-get')) {
    console.error(`Installing ${names.join(', ')} (once) ...`);
    const apt = (...args: string[]) =>
      spawnSync('apt-get', ['-qq', ...args], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
    // Lists of packages may be missing or old.
    const take = () => apt('install', '-y', '--no-install-recommends', ...names);
    if (!take() && apt('update')) take();
  }
  const left = packages();
  return {
    usable: wanted.filter((target) => !lacking(target)),
    missing:
      left.length === 0
        ? null
        : `not everything that boards need is here; on Debian: apt-get install --no-install-recommends ${left.join(' ')}`,
  };
}
