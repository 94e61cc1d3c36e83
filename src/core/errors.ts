/**
 * The one error class of the workbench. It crosses the worker boundary as `{code, message, details}`, with the message still to be said, and is
 * made again on the other side, so every place that reports a failure can rely on these three fields.
 */
import { said, sayLater, type Told } from './language/told';

export type ErrorCode =
  | 'invalid-network'
  | 'invalid-data'
  | 'invalid-setting'
  | 'infeasible-targets'
  | 'loss-not-finite'
  | 'backend-unavailable'
  | 'device-lost'
  | 'file-missing'
  | 'busy'
  | 'cancelled'
  | 'internal';

/** Plain data that may cross a thread or a JSON file. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** An error whose text is still to be said; `message` has it in the language of when it was thrown. */
export class ToldError extends Error {
  constructor(readonly told: Told) {
    super(said(told));
  }
}

export class WorkbenchError extends ToldError {
  override readonly name = 'WorkbenchError';

  /**
   * @param code stable identifier that programs test for
   * @param told what happened, why, and what to do next, in words for a person
   * @param details plain data for programs (limits, names, positions)
   */
  constructor(
    readonly code: ErrorCode,
    told: Told,
    readonly details: ErrorDetails = {},
  ) {
    super(told);
  }
}

/** Turns any thrown value into a WorkbenchError; an unforeseen one becomes `internal`. */
export function asWorkbenchError(error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  return new WorkbenchError('internal', sayLater('Something went wrong that should not have: {message}', { message: reasonOf(error) }), {
    stack: error instanceof Error ? error.stack : undefined,
  });
}

/** What any thrown value says, to stand within another text. */
export function reasonOf(error: unknown): Told {
  if (error instanceof ToldError) return error.told;
  return error instanceof Error ? error.message : String(error);
}

/**
 * The error for a file of the workbench itself that could not be fetched while it runs. It names the file, so that nobody takes it for a limit of
 * the machine.
 * @param what the file's part in the workbench, such as "The search worker"
 * @param why what came instead, likewise
 */
export function missingFile(what: Told, why: Told): WorkbenchError {
  return new WorkbenchError(
    'file-missing',
    sayLater('{what} could not be loaded ({why}). The workbench was updated or its server has ended: start it again and reload the page.', {
      what,
      why,
    }),
  );
}
