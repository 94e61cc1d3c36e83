/** What all commands share: exit statuses, messages for failures, and the handling of signals and closed pipes. */
import { exitCodeOf, reportError } from './exit';
import { Interruption } from './interruption';

/**
 * Runs a command with the arguments of this process. Signals and closed pipes end it, see `Interruption`.
 * @param main resolves to the exit status
 */
export function runProgram(main: (args: string[], interruption: Interruption) => Promise<number>): void {
  const interruption = new Interruption((status) => process.exit(status));
  interruption.listen();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') interruption.receive('SIGPIPE');
    else failed(error);
  });
  // Without stderr there is no way left to report it.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') interruption.receive('SIGPIPE');
  });
  main(process.argv.slice(2), interruption)
    .then(
      (status) => (process.exitCode ??= interruption.status ?? status),
      (error: unknown) => {
        reportError(error);
        process.exitCode = interruption.status ?? exitCodeOf(error);
      },
    )
    .finally(() => interruption.resume());
}

/** Reported once, since each later line would fail for the same reason. */
function failed({ message }: Error): void {
  if (process.exitCode === 1) return;
  process.exitCode = 1;
  console.error(`The output could not be written: ${message}`);
}
