/** Decodes text files in UTF-8 or UTF-16, with a byte-order mark or without. */
import { WorkbenchError } from '../core/errors';
import { sayLater, type Told } from '../core/language/told';

/**
 * The text without its byte-order mark, with composed letters, as `cleanPath` gives the names of files.
 * @param name the file's name in messages
 * @throws WorkbenchError `invalid-data` when the bytes are not text in UTF-8 or UTF-16
 */
export function decodeText(bytes: Uint8Array, name: Told = sayLater('The file')): string {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    // Text does not contain this character. Binary files do, and so does UTF-16 or UTF-32 that was decoded in another encoding.
    if (!text.includes('\0')) return text.normalize('NFC');
  } catch {
    // The bytes are invalid in this encoding.
  }
  throw new WorkbenchError('invalid-data', sayLater('{name} is no text in UTF-8 or UTF-16. Save it as UTF-8 and try again.', { name }));
}

/**
 * The encoding, by the byte-order mark or else by the first letter. In all formats read here that letter is ASCII, which has a zero
 * byte in UTF-16.
 */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
