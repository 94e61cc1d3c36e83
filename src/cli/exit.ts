/** Exit statuses of the command line. A failure is one clear line on stderr. */
import { WorkbenchError } from '../core/errors';

/** An error for wrong arguments, which ends in exit status 2. */
export function usageError(message: string): WorkbenchError {
  return new WorkbenchError('invalid-setting', message);
}

/** 2 for bad usage or bad input, 3 for targets that no network meets, 1 for anything unexpected. */
export function exitCodeOf(error: unknown): 1 | 2 | 3 {
  if (!(error instanceof WorkbenchError)) return 1;
  switch (error.code) {
    case 'invalid-network':
    case 'invalid-data':
    case 'invalid-setting':
    case 'backend-unavailable':
      return 2;
    case 'infeasible-targets':
      return 3;
    case 'device-lost':
    case 'file-missing':
    case 'loss-not-finite':
    case 'busy':
    case 'cancelled':
    case 'internal':
      return 1;
    default:
      return error.code satisfies never;
  }
}

/** Expected failures are one line. Unexpected ones show their stack, which is needed to find the cause. */
export function reportError(error: unknown): void {
  if (error instanceof WorkbenchError) console.error(error.message);
  else console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
