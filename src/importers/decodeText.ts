/** Text files as programs save them: UTF-8 or UTF-16, with a byte-order mark or without. */
import { WorkbenchError } from '../core/errors';

/**
 * The text without its byte-order mark.
 * @param name what to call the file in the message
 * @throws WorkbenchError `invalid-data` when the bytes are no text in UTF-8 or UTF-16
 */
export function decodeText(bytes: Uint8Array, name = 'The file'): string {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    // No text holds it, but files of other kinds do, and UTF-16 or UTF-32 that was taken for something else.
    if (!text.includes('\0')) return text;
  } catch {
    // Bytes that the encoding does not have.
  }
  throw new WorkbenchError('invalid-data', `${name} is no text in UTF-8 or UTF-16. Save it as UTF-8 and try again.`);
}

/** By the byte-order mark; without one by the first letter, which in UTF-16 has a byte of 0 beside it in every format read here. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
