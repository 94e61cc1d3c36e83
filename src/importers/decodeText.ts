/** Text as programs save it: UTF-8 with or without a byte-order mark, and UTF-16 with one. */
import { WorkbenchError } from '../core/errors';

/** The text without its byte-order mark. @throws WorkbenchError `invalid-data` when it is not in one of these encodings */
export function decodeText(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    // UTF-16 without a mark is valid UTF-8 too, with a zero beside every Latin letter.
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  throw new WorkbenchError('invalid-data', 'It is neither UTF-8 text nor UTF-16 with a byte-order mark. Save it as UTF-8.');
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}
