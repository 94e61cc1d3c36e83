/** Reads the options of a command. The error for a mistake is one line. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { usageError } from './exit';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * `parseArgs` for the commands that `npm run` starts.
 * @throws WorkbenchError `invalid-setting` for unknown options, and for options that npm has kept for itself
 */
export function readCommandLine<Config extends ParseArgsConfig & { args: string[]; options: Options }>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  assertNothingSwallowed(config.args, config.options, process.env);
  try {
    return parseArgs(config);
  } catch (error) {
    throw usageError(`${(error as Error).message} (--help lists all options)`);
  }
}

/**
 * Without a `--` before them, npm takes options as its own: the command does not get them, but finds them in the environment.
 * @throws WorkbenchError `invalid-setting` with the command line that was probably meant
 */
export function assertNothingSwallowed(
  args: readonly string[],
  options: Options,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const command = environment.npm_lifecycle_event;
  if (command === undefined) return;
  const given = Object.entries(options).flatMap(([name, { type }]) => {
    const value = environment[`npm_config_${name.replaceAll('-', '_')}`];
    // The environment also holds the person's npm settings. One with an option's name is not a flag of this command line.
    if (value === undefined || (type === 'boolean' && value !== 'true')) return [];
    // npm reads `--seed 9` as the flag `--seed` and the argument `9`, and `--no-seed` as no value at all.
    return [{ name, value: type === 'boolean' ? null : value === 'true' || value === '' ? undefined : value }];
  });
  if (given.length === 0) return;
  // With several flags and arguments npm does not say which belong together.
  const pair = given.filter(({ value }) => value === undefined).length === 1;
  const rest = [...args];
  const swallowed = given.flatMap(({ name, value }) => [
    `--${name}`,
    ...(value === null ? [] : [value ?? (pair ? rest.shift() : null) ?? '...']),
  ]);
  const unplaced = pair || !swallowed.includes('...') ? rest : [];
  const meant = [...swallowed, ...unplaced].map((word) => (/^[\w.,:/=+@%-]+$/.test(word) ? word : JSON.stringify(word)));
  throw usageError(`npm took the options for its own; put "--" before options: npm run -s ${command} -- ${meant.join(' ')}`);
}
