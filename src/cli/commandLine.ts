/** Reads the options of a command. A mistake is told in one line. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { usageError } from './exit';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * `parseArgs` for the commands that `npm run` starts.
 * @throws WorkbenchError `invalid-setting` for what the command does not know, and for options that npm kept for itself
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
 * Without `--` before them, npm takes options for its own: the command gets none of them, but npm leaves them in the environment.
 * @throws WorkbenchError `invalid-setting` with the line that was meant
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
    // A person's own settings of npm are there too; such a one of the same name is no flag.
    if (value === undefined || (type === 'boolean' && value !== 'true')) return [];
    // npm reads `--seed 9` as a flag and an argument.
    return [{ name, value: type === 'boolean' ? null : value === 'true' ? undefined : value }];
  });
  if (given.length === 0) return;
  // Of several flags and arguments npm does not tell which belong together.
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
