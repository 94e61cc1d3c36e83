import { describe, expect, it } from 'vitest';
import { ImportProgress } from './importProgress';

function shown(isTTY: boolean, times: readonly number[]): string {
  let [text, now] = ['', 0];
  const stream = { isTTY, write: (part: string) => (text += part).length > 0 };
  const progress = new ImportProgress(stream, 'mine', () => now);
  for (const time of times) {
    now = time;
    progress.show(time, 60_000);
  }
  progress.end();
  return text;
}

describe('ImportProgress', () => {
  it('writes a line now and then, and changes one on a terminal', () => {
    expect(shown(false, [5000, 10_000, 10_300, 20_000])).toBe('mine: 10,000 of 60,000 files read\nmine: 20,000 of 60,000 files read\n');
    expect(shown(true, [100, 300, 350, 600])).toBe('\rmine: 300 of 60,000 files read\rmine: 600 of 60,000 files read\n');
  });

  it('says nothing of a short import', () => {
    expect(shown(false, [9999]) + shown(true, [150])).toBe('');
  });
});
