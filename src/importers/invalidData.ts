import { WorkbenchError } from '../core/errors';

/**
 * The error for a file that breaks a rule of its format.
 * @param rule the rest of a sentence that begins with the file's name, and what to do next, in the language in use
 */
export function invalidData(file: string, rule: string): WorkbenchError {
  return new WorkbenchError('invalid-data', `${file} ${rule}`, { file });
}
