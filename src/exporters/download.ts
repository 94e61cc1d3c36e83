/** An export as the one file that a browser saves: its only file, or all of them in an archive. */
import { zipSync } from 'fflate';
import type { Exporter, FilePieces } from './exporter';

/** Archives say when their files were written; the same files should give the same archive. */
const WRITTEN = '1980-01-01T00:00:00';

export function downloadOf({ id, files, mime }: Pick<Exporter, 'id' | 'files' | 'mime'>): {
  readonly fileName: string;
  readonly mime: string;
} {
  return files.length === 1 ? { fileName: files[0], mime } : { fileName: `${id}.zip`, mime: 'application/zip' };
}

export function downloadPieces({ files }: Pick<Exporter, 'files'>, contents: readonly FilePieces[]): Iterable<string | Uint8Array> {
  if (files.length === 1) return (contents[0] as FilePieces)();
  const entries = files.map((name, index) => [name, joined((contents[index] as FilePieces)())] as const);
  return [zipSync(Object.fromEntries(entries), { mtime: WRITTEN })];
}

/** Texts become UTF-8. */
export function joined(pieces: Iterable<string | Uint8Array>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts = Array.from(pieces, (piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
