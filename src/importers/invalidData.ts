import { WorkbenchError, type ErrorDetails } from '../core/errors';
import { word } from '../core/language/say';
import { said, sayLater, type Told } from '../core/language/told';

const BROKEN_RULE = word('{file} {rule}');

/**
 * The error for a file that breaks a rule of its format.
 * @param rule the rest of a sentence that begins with the file's name, and what to do next
 * @param details for programs, besides the file
 */
export function invalidData(file: Told, rule: Told, details: ErrorDetails = {}): WorkbenchError {
  return new WorkbenchError('invalid-data', sayLater(BROKEN_RULE, { file, rule }), { ...details, file: said(file) });
}

/** The same for a file beside which others can still be read, so that an importer may leave this one out. */
export const invalidFile = (file: Told, rule: Told): WorkbenchError => invalidData(file, rule, { othersReadable: true });

export const isOneFilesFault = (reason: unknown): reason is WorkbenchError =>
  reason instanceof WorkbenchError && reason.details.othersReadable === true;

/** The rule that a file broke, of an error that `invalidData` made; null for another one. */
export function brokenRule({ told }: WorkbenchError): Told | null {
  const rule = typeof told === 'string' || told.text !== BROKEN_RULE ? undefined : told.values.rule;
  return typeof rule === 'number' ? null : (rule ?? null);
}
