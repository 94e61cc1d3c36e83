/** Small archives for tests, made byte by byte so that a test can break any field. */
import { deflateSync } from 'fflate';
import { bytesSource } from '../../src/importers/archives/byteSource';
import { crc32 } from '../../src/importers/archives/crc32';
import type { PickedFile } from '../../src/importers/openFiles';

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

export const picked = (path: string, bytes: Uint8Array): PickedFile => ({ path, ...bytesSource(bytes) });

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Numbers of 2, 4 or 8 bytes, least byte first. */
function fields(...values: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Uint8Array {
  return concat(
    ...values.map(([bytes, value]) => Uint8Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) % 256)),
  );
}

interface ZipContent {
  readonly name: string | Uint8Array;
  readonly bytes: Uint8Array;
  readonly stored?: boolean;
  readonly flags?: number;
  readonly method?: number;
  /** Claims in place of the true values. */
  readonly size?: number;
  readonly crc?: number;
  readonly attributes?: number;
}

/** @param zip64 whether all sizes and positions are in ZIP64's fields */
export function zipOf(contents: readonly ZipContent[], { zip64 = false, comment = '' } = {}): Uint8Array<ArrayBuffer> {
  const local: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const content of contents) {
    const name = typeof content.name === 'string' ? ascii(content.name) : content.name;
    const packed = content.stored ? content.bytes : deflateSync(content.bytes);
    const { flags = 0, method = content.stored ? 0 : 8, size = content.bytes.length, crc = crc32(content.bytes), attributes = 0 } = content;
    const extra = zip64 ? fields([2, 1], [2, 24], [8, size], [8, packed.length], [8, at]) : new Uint8Array();
    const moved = (value: number) => (zip64 ? 0xffffffff : value);
    const start = concat(
      fields([4, 0x04034b50], [2, 20], [2, flags], [2, method], [4, 0], [4, crc], [4, packed.length], [4, size], [2, name.length], [2, 0]),
      name,
      packed,
    );
    const common = fields([2, flags], [2, method], [4, 0], [4, crc], [4, moved(packed.length)], [4, moved(size)], [2, name.length]);
    local.push(start);
    directory.push(
      concat(
        fields([4, 0x02014b50], [2, 0x0314], [2, 20]),
        common,
        fields([2, extra.length], [2, 0], [2, 0], [2, 0], [4, attributes], [4, moved(at)]),
        name,
        extra,
      ),
    );
    at += start.length;
  }
  const list = concat(...directory);
  const [count, size] = [contents.length, list.length];
  const end64 = zip64
    ? concat(
        fields([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, size], [8, at]),
        fields([4, 0x07064b50], [4, 0], [8, at + size], [4, 1]),
      )
    : new Uint8Array();
  const [count16, size32, at32] = zip64 ? [0xffff, 0xffffffff, 0xffffffff] : [count, size, at];
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, count16], [2, count16], [4, size32], [4, at32], [2, comment.length]);
  return concat(...local, list, end64, end, ascii(comment));
}

interface TarContent {
  readonly name: string;
  readonly bytes?: Uint8Array;
  readonly type?: string;
  readonly prefix?: string;
  /** What a link leads to. */
  readonly link?: string;
  /** Claims in place of the true value. */
  readonly size?: number;
}

/** @param end blocks of zeros at the end */
export function tarOf(contents: readonly TarContent[], end = 2): Uint8Array<ArrayBuffer> {
  return concat(...contents.flatMap(tarEntry), new Uint8Array(512 * end));
}

function tarEntry({ name, bytes = new Uint8Array(), type = '0', prefix = '', link = '', size = bytes.length }: TarContent): Uint8Array[] {
  const header = new Uint8Array(512);
  header.set(ascii(name));
  header.set(ascii('0000644\0'), 100);
  header.set(ascii(size.toString(8).padStart(11, '0')), 124);
  header.set(ascii(type), 156);
  header.set(ascii(link), 157);
  header.set(ascii('ustar\x0000'), 257);
  header.set(ascii(prefix), 345);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(ascii(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return [header, bytes, new Uint8Array(-bytes.length & 511)];
}

/** A pax record, whose length counts itself. */
export function paxRecord(key: string, value: string): Uint8Array {
  const rest = ascii(` ${key}=${value}\n`).length;
  let length = rest + 1;
  while (`${length}`.length + rest > length) length += 1;
  return ascii(`${length} ${key}=${value}\n`);
}
