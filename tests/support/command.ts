/** Runs the project's commands as a person does, for tests of processes, signals and pipes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** Options of a search that takes a second, and of one that takes minutes. */
export const tinySearch = ['--train', '64', '--test', '20', '--epochs', '1,1,1', '--batch', '16'];
export const longSearch = ['--train', '64', '--test', '20', '--epochs', '1,1000,1', '--batch', '16'];

const running = new Set<ChildProcess>();

/** Call after each test: ends the commands that a failed test has left running. */
export function endCommands(): void {
  for (const child of running) child.kill('SIGKILL');
}

interface Command {
  readonly process: ChildProcess;
  /** The output so far. */
  readonly printed: { stdout: string; stderr: string };
  /** Resolves at the first line of either stream that matches. @throws Error when the command ends first */
  line(pattern: RegExp): Promise<string>;
  /** Resolves when the command has ended and both its streams are closed, so that no process that it started holds them open. */
  readonly ended: Promise<{ readonly status: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** @param environment variables in addition to those of the tests */
export function start(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}, cwd = root): Command {
  // The commands must not see the variables that npm set for the tests.
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const child = spawn(command, args, { cwd, env: { ...own, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  const printed = { stdout: '', stderr: '' };
  const waiting = new Set<(line: string) => void>();
  for (const name of ['stdout', 'stderr'] as const)
    createInterface({ input: child[name] }).on('line', (line) => {
      printed[name] += `${line}\n`;
      for (const tell of waiting) tell(line);
    });
  const ended = new Promise<Awaited<Command['ended']>>((resolve) => child.once('close', (status, signal) => resolve({ status, signal })));
  return {
    process: child,
    printed,
    ended,
    line: (pattern) =>
      new Promise((found, missing) => {
        const tell = (line: string) => {
          if (!pattern.test(line)) return;
          waiting.delete(tell);
          found(line);
        };
        waiting.add(tell);
        void ended.then(() => missing(new Error(`it ended without a line like ${pattern}: ${printed.stderr}`)));
      }),
  };
}

/** Starts one of the programs directly, without npm. */
export function startProgram(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Command {
  return start(process.execPath, [join(root, 'scripts/cli.cjs'), program, ...args], environment);
}

/** Runs one of the programs to its end. */
export async function runProgram(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const command = startProgram(program, args, environment);
  const { status } = await command.ended;
  return { status, ...command.printed };
}
