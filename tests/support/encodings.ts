/** Text in the encodings in which spreadsheets and editors save it. */
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, littleEndian: boolean) => {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), littleEndian);
  return bytes;
};

export const encodings = {
  'UTF-8': utf8,
  'UTF-8 with a byte-order mark': (text: string) => utf8(`\ufeff${text}`),
  'UTF-16, low byte first': (text: string) => utf16(text, true),
  'UTF-16, low byte first, with a byte-order mark': (text: string) => utf16(`\ufeff${text}`, true),
  'UTF-16, high byte first': (text: string) => utf16(text, false),
  'UTF-16, high byte first, with a byte-order mark': (text: string) => utf16(`\ufeff${text}`, false),
} as const;
