/**
 * Decodes WAV files: integers of 8, 16, 24 and 32 bits and floats of 32 and 64 bits, with a plain or an extensible header, of any number
 * of channels. Sources: IBM and Microsoft, "Multimedia Programming Interface and Data Specifications 1.0" (1991); Microsoft,
 * "Multiple Channel Audio Data and WAVE Files" (2001); EBU Tech 3306 (RF64).
 */
import type { Clip } from '../../core/data/features/clip';
import { WorkbenchError } from '../../core/errors';
import { word } from '../../core/language/say';
import { sentencesLater } from '../../core/language/lists';
import { sayLater, type Told } from '../../core/language/told';
import { invalidData } from '../invalidData';

/** Sampling rates outside are damaged headers: no recorder uses them, and resampling them would take memory without bound. */
const LEAST_RATE = 1_000;
const MOST_RATE = 768_000;
/** A size that a program writes which does not know it yet, and RF64, which has it elsewhere. */
const UNKNOWN_SIZE = 0xffffffff;

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** Codes of compressed sound that people do bring. Source: Microsoft's mmreg.h. */
const COMPRESSED: Readonly<Record<number, string>> = {
  0x02: word('compressed by ADPCM'),
  0x06: word('compressed by A-law'),
  0x07: word('compressed by mu-law'),
  0x11: word('compressed by IMA ADPCM'),
  0x31: word('compressed by GSM 6.10'),
  0x50: word('compressed by MPEG'),
  0x55: word('compressed by MP3'),
};
const withRemedy = (problem: Told) => sentencesLater([problem, sayLater('Convert it to a WAV file of 16-bit PCM.')]);

/** Readers of one sample by format and bytes of a sample: the sample at a byte as a fraction of full scale. */
type ReadSample = (view: DataView, at: number) => number;
const integers: Readonly<Record<number, ReadSample>> = {
  // A byte is unsigned, all others are signed.
  1: (view, at) => (view.getUint8(at) - 128) / 128,
  2: (view, at) => view.getInt16(at, true) / 32_768,
  3: (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608,
  4: (view, at) => view.getInt32(at, true) / 2_147_483_648,
};
const floats: Readonly<Record<number, ReadSample>> = {
  4: (view, at) => view.getFloat32(at, true),
  8: (view, at) => view.getFloat64(at, true),
};

interface Format {
  readonly channels: number;
  readonly rate: number;
  /** Bytes of one sample of all channels. */
  readonly frame: number;
  /** Bytes of one sample of one channel. */
  readonly bytes: number;
  readonly readSample: ReadSample;
  /** Whether a sample may be no finite number. */
  readonly float: boolean;
}

/** The start of a file, and how long the whole file is. */
export interface DecodedWav extends Clip {
  /** Seconds of the file, which may be more than those that were decoded. */
  readonly seconds: number;
}

/**
 * The mean of all channels. Samples of fewer bits than their bytes hold are taken as the highest bits, as the format demands.
 * @param name the file's name in messages
 * @param most seconds to decode from the start on; what follows takes no memory, but is refused as it would be without a limit
 * @throws WorkbenchError `invalid-data` for anything else than the formats above, for a file that ends early and for one without a sample
 */
export function decodeWav(bytes: Uint8Array, name: Told, most = Infinity): DecodedWav {
  const refuse = (rule: Told) => invalidData(name, rule);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, data } = findChunks(view, refuse);
  const format = readFormat(view, header, refuse);
  if (data.size === 0) throw refuse(sayLater('holds no sample. Record it again, or leave it out.'));
  if (data.size % format.frame !== 0)
    throw refuse(
      sayLater('ends within a sample: {size} bytes are no multiple of {frame}, the bytes of a sample. Copy it again from its source.', {
        size: data.size,
        frame: format.frame,
      }),
    );
  const { channels, rate, frame, bytes: wide, readSample, float } = format;
  const count = data.size / frame;
  const samples = new Float32Array(Math.min(count, Math.ceil(most * rate)));
  // What is not wanted can only be refused for floats.
  const checked = float ? count : samples.length;
  for (let index = 0; index < checked; index++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += readSample(view, data.at + index * frame + channel * wide);
    const mean = Math.fround(sum / channels);
    if (!Number.isFinite(mean))
      throw refuse(withRemedy(sayLater('holds a sample that is no finite number, {at} of {count}.', { at: index + 1, count })));
    if (index < samples.length) samples[index] = mean;
  }
  return { rate, samples, seconds: count / rate };
}

type Refuse = (rule: Told) => WorkbenchError;

/** Where a chunk's contents lie. */
interface Chunk {
  readonly at: number;
  readonly size: number;
}

function findChunks(view: DataView, refuse: Refuse): { header: Chunk; data: Chunk } {
  const length = view.byteLength;
  if (length === 0) throw refuse(sayLater('has 0 bytes. Copy it again from its source.'));
  if (textAt(view, 0, 24).startsWith('version https://git-lfs'))
    throw refuse(sayLater('is only a pointer of Git LFS, which stands for a file elsewhere. Fetch the file itself with "git lfs pull".'));
  const kind = textAt(view, 0, 4);
  if (kind === 'RIFX')
    throw refuse(withRemedy(sayLater('is a WAV file with its bytes in big-endian order (RIFX), which is not read here.')));
  const other = otherFormat(view);
  if (other !== null) throw refuse(withRemedy(sayLater('is no WAV file but {other}, and only WAV is read here.', { other })));
  if ((kind !== 'RIFF' && kind !== 'RF64') || textAt(view, 8, 4) !== 'WAVE')
    throw refuse(withRemedy(sayLater('is no WAV file: it does not start with "RIFF" and "WAVE".')));
  let header: Chunk | null = null;
  let longSize: number | null = null;
  for (let at = 12; at + 8 <= length;) {
    const id = textAt(view, at, 4);
    const chunk = { at: at + 8, size: view.getUint32(at + 4, true) };
    if (id === 'data') {
      if (!header) throw refuse(withRemedy(sayLater('has no header chunk ("fmt ") before its samples.')));
      const rest = length - chunk.at;
      const size = chunk.size === UNKNOWN_SIZE ? (longSize ?? rest) : chunk.size;
      if (size > rest)
        throw refuse(
          sayLater('is cut short: its header announces {size} bytes of samples and {rest} are there. Copy it again from its source.', {
            size,
            rest,
          }),
        );
      return { header, data: { at: chunk.at, size } };
    }
    if (chunk.at + chunk.size > length) break;
    if (id === 'fmt ') header ??= chunk;
    if (id === 'ds64' && kind === 'RF64' && chunk.size >= 16) longSize = Number(view.getBigUint64(chunk.at + 8, true));
    // Chunks of an odd size are followed by one byte more.
    at = chunk.at + chunk.size + (chunk.size % 2);
  }
  throw refuse(sayLater('is cut short: it ends before its samples (chunk "data"). Copy it again from its source.'));
}

function readFormat(view: DataView, { at, size }: Chunk, refuse: Refuse): Format {
  if (size < 16) throw refuse(withRemedy(sayLater('has a header of {size} bytes; it takes 16 at least.', { size })));
  const short = (offset: number) => view.getUint16(at + offset, true);
  const extensible = short(0) === EXTENSIBLE && size >= 40;
  // An extensible header has the code in the first bytes of a longer one, and says how many bits of a sample are used.
  const code = extensible ? short(24) : short(0);
  const [channels, rate, frame, bits] = [short(2), view.getUint32(at + 4, true), short(12), short(14)];
  const used = extensible && short(18) > 0 ? short(18) : bits;
  if (COMPRESSED[code] !== undefined)
    throw refuse(withRemedy(sayLater('is {what}, which is not read here.', { what: sayLater(COMPRESSED[code]) })));
  if (code !== PCM && code !== FLOAT)
    throw refuse(withRemedy(sayLater('holds sound of a kind that is not read here (format {code}).', { code })));
  if (channels === 0) throw refuse(withRemedy(sayLater('names 0 channels in its header.')));
  if (rate < LEAST_RATE || rate > MOST_RATE)
    throw refuse(
      withRemedy(
        sayLater('names {rate} samples a second in its header; it must be {leastRate} to {mostRate}.', {
          rate,
          leastRate: LEAST_RATE,
          mostRate: MOST_RATE,
        }),
      ),
    );
  const bytes = frame / channels;
  const readSample = (code === PCM ? integers : floats)[bytes];
  // Where samples are narrower than their bytes by whole bytes, programs disagree on which bytes are used.
  if (!readSample || Math.ceil(bits / 8) !== bytes || Math.ceil(used / 8) !== bytes) {
    const values = { used, bytes: Number(bytes.toFixed(2)) };
    const rule =
      code === PCM
        ? sayLater('has integers of {used} bits in {bytes} bytes; what is read are integers of 8, 16, 24 or 32 bits.', values)
        : sayLater('has floats of {used} bits in {bytes} bytes; what is read are floats of 32 or 64 bits.', values);
    throw refuse(withRemedy(rule));
  }
  return { channels, rate, frame, bytes, readSample, float: code === FLOAT };
}

/** Other kinds of sound by how they begin, since a Parquet file gives no names. */
function otherFormat(view: DataView): string | null {
  const start = textAt(view, 0, 4);
  if (start === 'fLaC') return 'FLAC';
  if (start === 'OggS') return 'Ogg';
  if (textAt(view, 4, 4) === 'ftyp') return 'MPEG-4';
  const isFrame = view.byteLength > 1 && (view.getUint16(0) & 0xffe0) === 0xffe0;
  return start.startsWith('ID3') || isFrame ? 'MP3' : null;
}

/** Bytes as Latin letters; bytes beyond the end are left out. */
function textAt(view: DataView, at: number, length: number): string {
  let text = '';
  for (let index = at; index < Math.min(at + length, view.byteLength); index++) text += String.fromCharCode(view.getUint8(index));
  return text;
}
