import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Interrupted, Interruption } from './interruption';

let exits: number[];
let interruption: Interruption;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  exits = [];
  interruption = new Interruption((status) => exits.push(status));
});
afterEach(() => vi.useRealTimers());

describe('a command that has nothing to write down', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGPIPE', 141],
  ] as const)('ends at once by %s', (reason, status) => {
    interruption.receive(reason);
    expect(exits).toEqual([status]);
  });
});

describe('a command that has put its end off', () => {
  beforeEach(() => interruption.defer());

  it('ends itself where it pauses', async () => {
    await interruption.pause();
    interruption.receive('SIGTERM');
    expect(exits).toEqual([]);
    expect(interruption.status).toBe(143);
    await expect(interruption.pause()).rejects.toBeInstanceOf(Interrupted);
  });

  it('ends at once by a second signal', () => {
    interruption.receive('SIGTERM');
    vi.advanceTimersByTime(1000);
    interruption.receive('SIGINT');
    expect(exits).toEqual([130]);
  });

  it('takes what npm and a terminal pass on together for one signal', () => {
    interruption.receive('SIGINT');
    interruption.receive('SIGINT');
    vi.advanceTimersByTime(100);
    interruption.receive('SIGINT');
    expect(exits).toEqual([]);
  });

  it('may find its pipe closed by every line that it prints', () => {
    interruption.receive('SIGPIPE');
    vi.advanceTimersByTime(1000);
    interruption.receive('SIGPIPE');
    expect(exits).toEqual([]);
  });

  it('ends at once when it is done', () => {
    interruption.resume();
    interruption.receive('SIGPIPE');
    expect(exits).toEqual([141]);
  });
});
