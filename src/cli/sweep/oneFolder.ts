import { usageError } from '../exit';

/** The only argument of a subcommand. @throws WorkbenchError `invalid-setting` */
export function oneFolder(command: string, positionals: readonly string[]): string {
  const [path, ...more] = positionals;
  if (path === undefined || path === '' || more.length > 0)
    throw usageError(`${command} takes one folder: npm run -s sweep -- ${command} DIR (--help lists all options)`);
  return path;
}
