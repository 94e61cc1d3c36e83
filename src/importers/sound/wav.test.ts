import { describe, expect, it } from 'vitest';
import { chunk, header, riff } from '../../../tests/support/sounds';
import { WorkbenchError } from '../../core/errors';
import { createRandom } from '../../core/random';
import { decodeWav } from './wav';

type Header = Parameters<typeof header>[0];

const data = (size: number) => chunk('data', new Uint8Array(size));
const shorts = (...values: number[]) => chunk('data', new Uint8Array(Int16Array.from(values).buffer));
const plain = riff([header(), shorts(0, 16_384, -32_768)]);

function messageOf(bytes: Uint8Array): string {
  try {
    decodeWav(bytes, 'a.wav');
  } catch (error) {
    expect(error).toBeInstanceOf(WorkbenchError);
    expect((error as WorkbenchError).code).toBe('invalid-data');
    expect((error as WorkbenchError).details).toEqual({ file: 'a.wav' });
    return (error as WorkbenchError).message;
  }
  throw new Error('it was decoded');
}

/** Half of full scale and its negative in every format. */
const formats: readonly (readonly [name: string, Header, Uint8Array])[] = [
  ['8 bits, unsigned', { bits: 8 }, chunk('data', Uint8Array.of(192, 64))],
  ['16 bits', { bits: 16 }, shorts(16_384, -16_384)],
  ['24 bits', { bits: 24 }, chunk('data', Uint8Array.of(0, 0, 0x40, 0, 0, 0xc0))],
  ['32 bits', { bits: 32 }, chunk('data', Uint8Array.of(0, 0, 0, 0x40, 0, 0, 0, 0xc0))],
  ['12 bits, the highest of two bytes', { bits: 12 }, shorts(16_384, -16_384)],
  ['floats of 32 bits', { code: 3, bits: 32 }, chunk('data', new Uint8Array(Float32Array.of(0.5, -0.5).buffer))],
  ['floats of 64 bits', { code: 3, bits: 64 }, chunk('data', new Uint8Array(Float64Array.of(0.5, -0.5).buffer))],
];

describe('decodeWav', () => {
  it.each(formats)('reads %s, with a plain and an extensible header', (_, form, samples) => {
    for (const extensible of [false, true]) {
      const { rate, samples: read } = decodeWav(riff([header({ ...form, extensible, rate: 44_100 }), samples]), 'a.wav');
      expect([rate, ...read]).toEqual([44_100, 0.5, -0.5]);
    }
  });

  it('mixes channels down to their mean', () => {
    const eight = shorts(...[1, 2, 3, 4, 5, 6, 7, 8].map((value) => value * 1024), ...Array.from({ length: 8 }, () => -8192));
    expect([...decodeWav(riff([header({ channels: 8, extensible: true }), eight]), 'a.wav').samples]).toEqual([0.140625, -0.25]);
  });

  it('passes over other chunks, odd ones with the byte that follows', () => {
    const odd = chunk('LIST', Uint8Array.of(1, 2, 3));
    const bytes = riff([chunk('JUNK', new Uint8Array(5)), header(), odd, shorts(8192), chunk('cue ', new Uint8Array(7))]);
    expect([...decodeWav(bytes, 'a.wav').samples]).toEqual([0.25]);
  });

  it('reads from the middle of a larger buffer', () => {
    const larger = new Uint8Array(plain.length + 20);
    larger.set(plain, 7);
    expect([...decodeWav(larger.subarray(7, 7 + plain.length), 'a.wav').samples]).toEqual([0, 0.5, -1]);
  });

  it('takes samples up to the end of the file where a program never filled in their size, and RF64’s size', () => {
    const open = (rest: Uint8Array) => chunk('data', rest, 0xffffffff);
    expect([...decodeWav(riff([header(), open(Uint8Array.of(0, 64, 0, 32))]), 'a.wav').samples]).toEqual([0.5, 0.25]);
    const sizes = new Uint8Array(28);
    sizes[8] = 2;
    const long = riff([chunk('ds64', sizes), header(), open(Uint8Array.of(0, 64, 0, 32))], 'RF64');
    expect([...decodeWav(long, 'a.wav').samples]).toEqual([0.5]);
  });

  it('decodes only the seconds that are wanted, and tells how long the file is', () => {
    const ten = riff([header({ rate: 1000 }), shorts(...Array.from({ length: 10_000 }, (_, index) => index))]);
    const whole = decodeWav(ten, 'a.wav');
    expect([whole.samples.length, whole.seconds]).toEqual([10_000, 10]);
    const { rate, samples, seconds } = decodeWav(ten, 'a.wav', 1.5);
    expect([rate, seconds, samples.buffer.byteLength]).toEqual([1000, 10, 6000]);
    expect(samples).toEqual(whole.samples.slice(0, 1500));
    expect(decodeWav(ten, 'a.wav', 20)).toEqual(whole);
  });

  it('refuses a float that is not finite where it is not wanted, too', () => {
    const floats = chunk('data', new Uint8Array(Float32Array.of(0, 0, 0, Infinity).buffer));
    expect(() => decodeWav(riff([header({ code: 3, bits: 32, rate: 1000 }), floats]), 'a.wav', 0.002)).toThrow('no finite number, 4 of 4');
  });

  it.each([
    ['is no WAV file: it does not start', new TextEncoder().encode('and more that is no sound')],
    ['is no WAV file but FLAC', new TextEncoder().encode('fLaC, and more')],
    ['is no WAV file but MP3', Uint8Array.of(0xff, 0xfb, 0x90, 0, 0, 0, 0, 0)],
    ['is no WAV file but Ogg', new TextEncoder().encode('OggS, and more')],
    ['is no WAV file', riff([header(), shorts(1)]).subarray(0, 9)],
    ['has 0 bytes', new Uint8Array()],
    ['is only a pointer of Git LFS', new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 32044\n')],
    ['big-endian', riff([header(), shorts(1)], 'RIFX')],
    ['is compressed by ADPCM', riff([header({ code: 2, bits: 4 }), shorts(1)])],
    ['is compressed by IMA ADPCM', riff([header({ code: 0x11, bits: 4 }), shorts(1)])],
    ['is compressed by A-law', riff([header({ code: 6, bits: 8 }), shorts(1)])],
    ['is compressed by mu-law', riff([header({ code: 7, bits: 8, extensible: true }), shorts(1)])],
    ['of a kind that is not read here (format 1234)', riff([header({ code: 1234 }), shorts(1)])],
    ['announces 6 bytes of samples and 3 are there', plain.subarray(0, plain.length - 3)],
    ['ends before its samples', plain.subarray(0, 40)],
    ['ends before its samples', riff([header()])],
    ['has no header chunk', riff([shorts(1), header()])],
    ['has a header of 10 bytes', riff([chunk('fmt ', new Uint8Array(10)), shorts(1)])],
    ['holds no sample', riff([header(), shorts()])],
    ['3 bytes are no multiple of 2', riff([header(), data(3)])],
    ['names 0 channels', riff([header({ channels: 0, frame: 2 }), shorts(1)])],
    ['names 5 samples a second', riff([header({ rate: 5 }), shorts(1)])],
    ['names 4000000000 samples a second', riff([header({ rate: 4e9 }), shorts(1)])],
    ['has integers of 24 bits in 4 bytes', riff([header({ bits: 24, frame: 4 }), data(4)])],
    ['has integers of 24 bits in 4 bytes', riff([header({ bits: 32, used: 24, extensible: true }), data(4)])],
    ['has integers of 24 bits in 1.33 bytes', riff([header({ bits: 24, channels: 3, frame: 4 }), data(4)])],
    ['has integers of 64 bits in 8 bytes', riff([header({ bits: 64 }), data(8)])],
    ['has floats of 16 bits', riff([header({ code: 3, bits: 16 }), shorts(1)])],
    ['no finite number, 2 of 2', riff([header({ code: 3, bits: 32 }), chunk('data', new Uint8Array(Float32Array.of(0, NaN).buffer))])],
  ])('refuses with a reason: %s', (reason, bytes) => {
    const message = messageOf(bytes);
    expect(message).toMatch(/^a\.wav /);
    expect(message).toContain(reason);
    expect(message).toMatch(/Convert it|Copy it|Fetch the file|Record it/);
  });
});

describe('damaged WAV files', () => {
  const seeds = [
    ...formats.flatMap(([, form, samples]) => [false, true].map((extensible) => riff([header({ ...form, extensible }), samples]))),
    riff([chunk('JUNK', new Uint8Array(5)), header({ channels: 8, extensible: true }), data(64), chunk('LIST', new Uint8Array(3))]),
    riff([chunk('ds64', new Uint8Array(28)), header(), chunk('data', new Uint8Array(40), 0xffffffff)], 'RF64'),
  ];
  const sizes = [0, 1, 3, 0x7f, 0xff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
  const random = createRandom(1, 'damage');

  /** One to four changes: a byte, a number of two or four bytes, a piece left out, or a piece written twice. */
  function damaged(seed: Uint8Array): Uint8Array {
    let bytes = seed.slice();
    for (let change = random.integer(4); change >= 0 && bytes.length > 4; change--) {
      const at = random.integer(bytes.length - 3);
      const length = random.integer(bytes.length - at);
      const size = sizes[random.integer(sizes.length)] as number;
      const view = new DataView(bytes.buffer);
      const kinds = [
        () => (bytes[at] = random.integer(256)),
        () => view.setUint16(at, size & 0xffff, true),
        () => view.setUint32(at, size, true),
        () => (bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + length)])),
        () => (bytes = Uint8Array.from([...bytes.subarray(0, at + length), ...bytes.subarray(at)])),
        () => (bytes = bytes.slice(0, at)),
      ];
      kinds[random.integer(kinds.length)]?.();
    }
    return bytes;
  }

  it('are refused or read, and never take more memory than their samples have bytes for', { timeout: 20_000 }, () => {
    let [read, refused] = [0, 0];
    for (let round = 0; round < 6000; round++) {
      const bytes = damaged(seeds[round % seeds.length] as Uint8Array);
      try {
        const { rate, samples } = decodeWav(bytes, 'a.wav');
        expect(samples.length).toBeLessThanOrEqual(bytes.length);
        expect(samples.length).toBeGreaterThan(0);
        expect(samples.every((sample) => Number.isFinite(sample))).toBe(true);
        expect(rate).toBeGreaterThanOrEqual(1000);
        read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(WorkbenchError);
        refused += 1;
      }
    }
    expect(read).toBeGreaterThan(500);
    expect(refused).toBeGreaterThan(2000);
  });
});
