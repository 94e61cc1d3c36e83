/** What commands print and write through pipes, to full devices, and to paths that cannot be written. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Weights } from '../../src/core/network/parameters';
import { readRunFile } from '../../src/core/runs/readRunFile';
import type { RunFile } from '../../src/core/runs/runFile';
import { storedParameters, weightPieces } from '../../src/core/runs/weightsFile';
import { endCommands, longSearch, root, runProgram, start, startProgram, tinySearch } from '../support/command';

const search = 'src/cli/search.ts';
const commands = [search, 'src/cli/evaluate.ts', 'src/cli/parity.ts', 'src/cli/fit.ts', 'bench/bench.ts'];

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'output '))));
afterEach(() => {
  endCommands();
  rmSync(folder, { recursive: true });
});

describe('a path that cannot be written', () => {
  it.each([
    [search, '--out', tinySearch],
    ['src/cli/evaluate.ts', '--json', []],
    ['src/cli/evaluate.ts', '--page', ['--json', 'FOLDER/e.json']],
    ['bench/bench.ts', '--json', ['--pictures']],
  ])('%s %s: told in one line before the first step', async (program, option, args) => {
    const path = join(folder, 'none', 'file');
    const given = args.map((arg) => arg.replace('FOLDER', folder));
    expect(await runProgram(program, [...given, option, path])).toEqual({
      status: 2,
      stdout: '',
      stderr: `${option}: ${path} cannot be written, since there is no folder ${join(folder, 'none')}. Name another file.\n`,
    });
  });

  it('costs no result when it comes up late', async () => {
    const runs = join(folder, 'runs.json');
    const command = startProgram(search, [...tinySearch, '--ndjson', '--out', runs], { TMPDIR: folder });
    await command.line(/"kind":"started"/);
    start('mkdir', [runs]);
    expect((await command.ended).status).toBe(1);
    expect(JSON.parse(command.printed.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ kind: 'result' });
    expect(command.printed.stderr).toContain(`runs.json could not be written, since it is a folder. It lies in ${runs}.part instead.`);
    expect((JSON.parse(readFileSync(`${runs}.part`, 'utf8')) as RunFile).stopped).toBe(false);
  });
});

// Windows has no bash, and no SIGPIPE to end by.
describe.skipIf(process.platform === 'win32')('a pipe whose reader leaves', () => {
  const piped = (program: string, args: readonly string[], reader: string) =>
    start('bash', [
      '-c',
      `"$@" | ${reader}; exit "\${PIPESTATUS[0]}"`,
      'bash',
      process.execPath,
      join(root, 'scripts/cli.cjs'),
      program,
      ...args,
    ]);

  it('ends a search quietly, as SIGPIPE does, with what there is written down', async () => {
    const path = join(folder, 'run.json');
    const command = piped(search, [...longSearch, '--ndjson', '--out', path], 'head -1');
    expect((await command.ended).status).toBe(141);
    expect(command.printed.stdout).toMatch(/^\{"kind":"started".*\}\n$/);
    expect(command.printed.stderr).not.toMatch(/EPIPE|Error| at |Stopped/);
    expect((JSON.parse(readFileSync(path, 'utf8')) as RunFile).stopped).toBe(true);
  });

  it.each(commands)('ends %s --help without a word', async (program) => {
    const command = piped(program, ['--help'], 'true');
    // The help is a single write, and the reader may leave before or after it.
    expect([0, 141]).toContain((await command.ended).status);
    expect(command.printed).toEqual({ stdout: '', stderr: '' });
  });
});

// Only Linux has this device. To run the test, use Linux.
it.skipIf(!existsSync('/dev/full'))('output that cannot be written is told once, and all files are written', async () => {
  const out = join(folder, 'runs');
  const script = `"$@" > /dev/full`;
  const args = [process.execPath, join(root, 'scripts/cli.cjs'), search, ...tinySearch, '--ndjson', '--out', out, '--export', 'network'];
  const command = start('bash', ['-c', script, 'bash', ...args]);
  expect((await command.ended).status).toBe(1);
  expect(command.printed.stderr.match(/The output could not be written: ENOSPC/g)).toHaveLength(1);
  const { result } = readRunFile(readFileSync(join(out, 'run.json'), 'utf8'));
  const { network, weights } = JSON.parse(readFileSync(join(out, 'network.json'), 'utf8')) as { network: unknown; weights: Weights };
  expect(network).toEqual(result?.network);
  expect(Buffer.concat([...weightPieces(weights)])).toEqual(readFileSync(join(out, 'run.weights')));
  expect(result?.weights?.parameters).toEqual(storedParameters(weights));
});

it('options without "--" are not lost on npm', async () => {
  const command = start('npm', ['run', '-s', 'search', '--seed=9']);
  expect((await command.ended).status).toBe(2);
  expect(command.printed.stderr).toBe('npm took the options for its own; put "--" before options: npm run -s search -- --seed 9\n');
});
