import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangesAnswer } from '../../core/runs/pool/pooledRun';
import { sharedRun } from '../../../tests/support/sharedRun';
import { limits, Pool, type Asker } from './pool';
import { isCode, newToken, typedCode } from './secrets';

let now: number;
let pool: Pool;
const join = () => {
  const { member, token } = pool.join(pool.code);
  return { token, number: member, asker: pool.askerOf(token) };
};
const share = (asker: Asker, run: unknown, key = newToken()) => pool.share(asker, key, run);
const teacher = (): Asker => pool.askerOf(pool.lead(pool.key));
const changes = (after = 0) => JSON.parse(pool.changesAfter(after)) as ChangesAnswer;

beforeEach(() => {
  now = 0;
  pool = new Pool(() => now);
});

describe('a class', () => {
  it('lets in those who type the code, however they write it', () => {
    expect(pool.code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
    expect(pool.join(` ${pool.code.toLowerCase().replace('-', ' ')}`).member).toBe(1);
    expect(pool.join(pool.code).member).toBe(2);
    expect(() => pool.join('')).toThrow(/wrong/);
    expect(() => pool.join(pool.key)).toThrow(/wrong/);
    expect(() => pool.lead(pool.code)).toThrow(/wrong/);
    expect(() => pool.askerOf('0'.repeat(32))).toThrow(/not a member/);
  });

  it('has another code each time', () => {
    expect(new Set(Array.from({ length: 200 }, () => typedCode(8))).size).toBe(200);
    expect(isCode('ABCD-2345', 'ABCD-2346')).toBe(false);
  });

  it('takes so many tries a minute, so that nobody finds the code, and then refuses the right one too', () => {
    for (let tried = 0; tried < limits.codesPerMinute; tried++) expect(() => pool.join('AAAA-AAAA')).toThrow(/wrong/);
    expect(() => pool.join(pool.code)).toThrow(/Too many/);
    expect(pool.overview(teacher()).wrongCodes).toBe(limits.codesPerMinute);
    now = 60_000;
    expect(pool.join(pool.code).member).toBe(1);
  });

  it('has so many members, and a place again when one is removed with its runs', () => {
    const [first, other] = [join(), join()];
    for (let more = 2; more < limits.members; more++) join();
    share(first.asker, sharedRun());
    expect(join).toThrow(/has its 60 members/);
    expect(() => pool.removeMember(other.asker, 1)).toThrow(/Only the teacher/);
    pool.removeMember(teacher(), 1);
    expect(() => pool.askerOf(first.token)).toThrow(/not a member/);
    expect(changes().changes).toEqual([{ at: 2, removed: 1 }]);
    now = 60_000;
    expect(join().number).toBe(61);
  });

  it('gives everybody each run once, in order and in pieces, whatever was removed', () => {
    const members = Array.from({ length: 15 }, join);
    const runs = members.flatMap(({ asker }) => Array.from({ length: limits.runsPerMinute }, () => share(asker, sharedRun())));
    pool.remove(teacher(), 4);
    const seen: number[] = [];
    for (let after = 0; ;) {
      const { changes: some, more } = changes(after);
      expect(some.length).toBeLessThanOrEqual(limits.answered);
      seen.push(...some.map(({ at }) => at));
      after = Math.max(...seen);
      if (!more) break;
    }
    expect(seen).toEqual([...runs.filter((run) => run !== 4), runs.length + 1]);
    expect(changes(Math.max(...seen)).changes).toEqual([]);
  });

  it('lets a member remove its own runs alone, and the teacher every one', () => {
    const [one, other] = [join(), join()];
    const [first, second] = [share(one.asker, sharedRun()), share(one.asker, sharedRun())];
    expect(() => pool.remove(other.asker, first)).toThrow(/somebody else’s/);
    pool.remove(one.asker, first);
    expect(() => pool.remove(one.asker, first)).toThrow(/no such run/);
    pool.remove(teacher(), second);
    expect(changes().changes.every((change) => 'removed' in change)).toBe(true);
    expect(() => pool.clear(one.asker)).toThrow(/Only the teacher/);
    expect(() => pool.setOpen(one.asker, false)).toThrow(/Only the teacher/);
    expect(() => pool.overview(one.asker)).toThrow(/Only the teacher/);
  });

  it('takes 20 runs a minute and 200 of a member, refused ones counted within the minute', () => {
    const { asker } = join();
    for (let minute = 0; minute < 10; minute++) {
      now = minute * 60_000;
      for (let run = 0; run < limits.runsPerMinute; run++) share(asker, sharedRun());
      expect(() => share(asker, sharedRun())).toThrow(minute < 9 ? /20 runs a minute/ : /200 runs/);
    }
    const other = join();
    for (let run = 0; run < limits.runsPerMinute; run++) expect(() => share(other.asker, {})).toThrow(/not shown/);
    expect(() => share(other.asker, sharedRun())).toThrow(/20 runs a minute/);
  });

  it('is closed and cleared by the teacher, and then keeps nothing', () => {
    const { asker } = join();
    share(asker, sharedRun());
    pool.setOpen(teacher(), false);
    expect(() => share(asker, sharedRun())).toThrow(/closed/);
    expect(join).toThrow(/closed/);
    expect(changes()).toMatchObject({ open: false, changes: [{ at: 1, member: 1 }] });
    pool.clear(teacher());
    expect(changes(1).changes).toEqual([{ at: 2, cleared: true }]);
    expect(changes().changes).toEqual([{ at: 2, cleared: true }]);
    expect(pool.overview(teacher()).members).toEqual([{ member: 1, runs: 0, here: true }]);
    now = 100_000;
    expect(pool.overview(teacher()).members).toMatchObject([{ here: false }]);
  });

  it('takes a run once that comes again, by its member alone, and does not bring it back', () => {
    const [one, other] = [join(), join()];
    const key = newToken();
    const first = share(one.asker, sharedRun(), key);
    expect(share(one.asker, { ...sharedRun(), quality: 0.9 }, key)).toBe(first);
    expect(changes().changes).toMatchObject([{ at: first, run: { quality: 0.75 } }]);
    // Who knows the key of another member's run finds nothing by it.
    expect(share(other.asker, sharedRun(), key)).not.toBe(first);
    expect(changes().changes).toHaveLength(2);
    pool.remove(teacher(), first);
    pool.setOpen(teacher(), false);
    expect(share(one.asker, sharedRun(), key)).toBe(first);
    expect(changes().changes.map((change) => 'run' in change)).toEqual([true, false]);
  });
});
