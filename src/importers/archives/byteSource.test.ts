import { describe, expect, it } from 'vitest';
import { blobSource, bytesSource, readingAhead } from './byteSource';

const bytes = Uint8Array.from({ length: 3_000_000 }, (_, at) => at % 251);

function counted() {
  const reads: [number, number][] = [];
  const source = bytesSource(bytes);
  const ahead = readingAhead({
    size: source.size,
    slice: (from, to) => {
      reads.push([from, to]);
      return source.slice(from, to);
    },
  });
  return { reads, ahead };
}

describe('sources of bytes', () => {
  it('give parts of a blob, less at its end', async () => {
    const source = blobSource(new Blob([bytes.subarray(0, 10)]));
    expect([source.size, ...(await source.slice(8, 99))]).toEqual([10, 8, 9]);
  });
});

describe('readingAhead', () => {
  it('gives the same bytes in any order and at the same time', async () => {
    const { ahead } = counted();
    const parts = Array.from({ length: 300 }, (_, index) => (index % 3 === 0 ? index * 9973 : index * 997)).map(
      (from) => [from, from + 900] as const,
    );
    const read = await Promise.all([...parts, [2_999_900, 4_000_000] as const].map(([from, to]) => ahead.slice(from, to)));
    parts.forEach(([from, to], index) => expect(read[index]).toEqual(bytes.subarray(from, to)));
    expect(read.at(-1)).toEqual(bytes.subarray(2_999_900));
  });

  it('reads parts that follow each other in few pieces, others as they are', async () => {
    const { reads, ahead } = counted();
    for (let at = 0; at + 1000 < bytes.length; at += 1000) await ahead.slice(at, at + 1100);
    expect(reads.length).toBeLessThan(5);
    const apart = counted();
    for (let at = 2_900_000; at > 0; at -= 100_000) await apart.ahead.slice(at, at + 1000);
    expect(apart.reads).toHaveLength(29);
    expect(apart.reads.every(([from, to]) => to - from === 1000)).toBe(true);
    await apart.ahead.slice(0, 2_000_000);
    expect(apart.reads.at(-1)).toEqual([0, 2_000_000]);
  });
});
