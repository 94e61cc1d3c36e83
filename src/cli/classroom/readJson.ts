/** Reads the JSON that a request brings, up to a limit. */
import type { IncomingMessage } from 'node:http';
import { Refused } from './refused';

/** More than any run takes, whose network is the largest part. */
export const MOST_BYTES = 64_000;

/** @throws Refused for another type, for more bytes and for what is no JSON */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  // A form of another site can send other types without being asked, but not this one.
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new Refused('bad-request', 'The class takes JSON alone.');
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused('bad-request', 'This is not whole JSON.');
  }
}

function readText(request: IncomingMessage): Promise<string> {
  const tooLarge = () => new Refused('too-large', `The class takes at most ${MOST_BYTES} bytes at once.`);
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    request.on('data', (piece: Buffer) => {
      bytes += piece.byteLength;
      if (bytes > MOST_BYTES) {
        request.removeAllListeners('data');
        reject(tooLarge());
      } else pieces.push(piece);
    });
    request.once('end', () => resolve(Buffer.concat(pieces).toString('utf8')));
    request.once('error', reject);
  });
}
