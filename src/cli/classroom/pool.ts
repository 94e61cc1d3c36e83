/** The runs of a class, its members and its rules, all in memory alone. It knows nothing of how requests come. */
import { checkSharedRun } from '../../core/runs/pool/checkSharedRun';
import type { ChangesAnswer, ClassAnswer, Joined, PoolChange, PooledRun } from '../../core/runs/pool/pooledRun';
import { asWorkbenchError } from '../../core/errors';
import { PerMinute } from './perMinute';
import { Refused } from './refused';
import { isCode, newToken, typedCode } from './secrets';

export const limits = {
  members: 60,
  /** Codes of everybody together, right or wrong, and as many keys. */
  codesPerMinute: 120,
  runsPerMinute: 20,
  /** Of one member, those that were taken back included. */
  runs: 200,
  /** Changes in one answer. */
  answered: 200,
  /** Changes that are kept until the teacher clears the class. They bound the memory, however often members come and leave. */
  changes: 24_000,
} as const;

/** A page that has not asked for so long is taken for closed. It asks every 3 s, and once a minute where its tab is hidden. */
const HERE_MS = 70_000;

interface Member {
  readonly number: number;
  readonly token: string;
  readonly perMinute: PerMinute;
  /** The numbers of the runs that it has shared, also those that were removed, by the key that its page gave each. */
  readonly received: Map<string, number>;
  /** When its page last asked. */
  asked: number;
}

/** Who asks. */
export type Asker = { readonly teacher: true } | { readonly teacher: false; readonly member: number };

/** A change as the text that is sent, made once for all members. */
interface Logged {
  readonly at: number;
  readonly json: string;
}

export class Pool {
  /** What members type to join, and the teacher to lead. */
  readonly code = typedCode(8);
  readonly key = typedCode(12);
  readonly #members = new Map<string, Member>();
  readonly #teachers = new Set<string>();
  readonly #owners = new Map<number, number>();
  readonly #codes: PerMinute;
  readonly #wrongCodes: PerMinute;
  readonly #keys: PerMinute;
  #log: Logged[] = [];
  #changes = 0;
  #joined = 0;
  #open = true;

  /** @param now milliseconds of a clock that never goes back */
  constructor(private readonly now: () => number) {
    this.#codes = new PerMinute(limits.codesPerMinute, now);
    this.#wrongCodes = new PerMinute(limits.codesPerMinute, now);
    this.#keys = new PerMinute(limits.codesPerMinute, now);
  }

  get open(): boolean {
    return this.#open;
  }

  /** @throws Refused for a wrong code, for every code after too many, and where the class is full or closed */
  join(typed: string): Joined {
    if (!isRight(this.code, typed, this.#codes)) {
      this.#wrongCodes.add();
      throw wrongCode();
    }
    this.#assertOpen();
    if (this.#members.size >= limits.members)
      throw new Refused('class-full', `The class has its ${limits.members} members. Ask the teacher to remove one who has left.`);
    const [number, token] = [++this.#joined, newToken()];
    const perMinute = new PerMinute(limits.runsPerMinute, this.now);
    this.#members.set(token, { number, token, perMinute, received: new Map(), asked: this.now() });
    return { member: number, token };
  }

  /** @returns the token of a teacher's page. @throws Refused for a wrong key */
  lead(typed: string): string {
    if (!isRight(this.key, typed, this.#keys)) throw wrongCode();
    const token = newToken();
    this.#teachers.add(token);
    return token;
  }

  /** @throws Refused for a token that this class has not given, or has taken back */
  askerOf(token: string | undefined): Asker {
    if (token !== undefined && this.#teachers.has(token)) return { teacher: true };
    const member = token === undefined ? undefined : this.#members.get(token);
    if (!member) throw new Refused('not-joined', 'This page is not a member of the class. Join it with the code that the teacher shows.');
    member.asked = this.now();
    return { teacher: false, member: member.number };
  }

  /**
   * Takes a run. One that this member has handed over before changes nothing: its page has missed the answer, or the run was removed since.
   * @param key of the run among those of the member, which no other member's run is found by
   * @returns the number of the run
   * @throws Refused for a run that is not whole or true to the rules, and for too many
   */
  share(asker: Asker, key: string, json: unknown): number {
    const member = this.#memberOf(asker);
    const before = member.received.get(key);
    if (before !== undefined) return before;
    this.#assertOpen();
    if (member.received.size >= limits.runs)
      throw new Refused('not-allowed', `A member shares at most ${limits.runs} runs. The others stay here.`);
    if (member.perMinute.full)
      throw new Refused('too-many', `A member shares at most ${limits.runsPerMinute} runs a minute. Share the next one in a minute.`);
    if (this.#log.length >= limits.changes) throw new Refused('too-many', 'The class holds no more runs. Ask the teacher to clear it.');
    member.perMinute.add();
    const run = checked(json);
    const at = this.#write((number) => ({ at: number, member: member.number, run }));
    this.#owners.set(at, member.number);
    member.received.set(key, at);
    return at;
  }

  /** @throws Refused for a run of somebody else, unless the teacher asks */
  remove(asker: Asker, run: number): void {
    const owner = this.#owners.get(run);
    if (owner === undefined) throw new Refused('not-found', 'There is no such run in the class. It may have been removed already.');
    if (!asker.teacher && asker.member !== owner)
      throw new Refused('not-allowed', 'This run is somebody else’s. Only its member and the teacher can remove it.');
    this.#forget(run);
  }

  /** Removes a member and its runs. @throws Refused where somebody else than the teacher or the member itself asks */
  removeMember(asker: Asker, number: number): void {
    if (!asker.teacher && asker.member !== number)
      throw new Refused('not-allowed', 'Only the teacher can remove another member of the class.');
    const member = [...this.#members.values()].find((one) => one.number === number);
    if (!member) throw new Refused('not-found', 'There is no such member. It may have left already.');
    this.#members.delete(member.token);
    for (const [run, owner] of this.#owners) if (owner === number) this.#forget(run);
  }

  /** Removes all runs. */
  clear(asker: Asker): void {
    assertTeacher(asker);
    this.#owners.clear();
    this.#log = [];
    this.#write((at) => ({ at, cleared: true }));
  }

  /** Whether members can join and share; what was shared stays to be seen. */
  setOpen(asker: Asker, open: boolean): void {
    assertTeacher(asker);
    this.#open = open;
  }

  /** What the teacher sees beside the runs. */
  overview(asker: Asker): Omit<ClassAnswer, 'addresses'> {
    assertTeacher(asker);
    const runs = new Map<number, number>();
    for (const owner of this.#owners.values()) runs.set(owner, (runs.get(owner) ?? 0) + 1);
    const now = this.now();
    return {
      code: this.code,
      open: this.#open,
      members: [...this.#members.values()].map(({ number, asked }) => ({
        member: number,
        runs: runs.get(number) ?? 0,
        here: now - asked < HERE_MS,
      })),
      wrongCodes: this.#wrongCodes.count,
    };
  }

  /** What changed after the change of that number, as the text of a `ChangesAnswer`. */
  changesAfter(after: number): string {
    const first = this.#log.findLastIndex(({ at }) => at <= after) + 1;
    const found = this.#log.slice(first, first + limits.answered);
    const rest: Omit<ChangesAnswer, 'changes'> = { open: this.#open, more: first + found.length < this.#log.length };
    return `{"changes":[${found.map(({ json }) => json).join(',')}],${JSON.stringify(rest).slice(1)}`;
  }

  #assertOpen(): void {
    if (!this.#open) throw new Refused('class-closed', 'The teacher has closed the class. What was shared can still be looked at.');
  }

  #memberOf(asker: Asker): Member {
    const member = asker.teacher ? undefined : [...this.#members.values()].find(({ number }) => number === asker.member);
    if (!member) throw new Refused('not-allowed', 'Only members share runs. Join with the code to share some.');
    return member;
  }

  /** Takes the run out of the log, so that newcomers never get it, and tells those that have it. */
  #forget(run: number): void {
    this.#owners.delete(run);
    this.#log = this.#log.filter(({ at }) => at !== run);
    this.#write((at) => ({ at, removed: run }));
  }

  #write(change: (at: number) => PoolChange): number {
    const at = ++this.#changes;
    this.#log.push({ at, json: JSON.stringify(change(at)) });
    return at;
  }
}

/** Whether a code is right. @throws Refused after too many, right or wrong, so that nobody finds it by trying */
function isRight(code: string, typed: string, tries: PerMinute): boolean {
  if (tries.full) throw new Refused('too-many', 'Too many codes were tried. Try again in a minute.');
  tries.add();
  return isCode(code, typed);
}

const wrongCode = () => new Refused('wrong-code', 'The code is wrong. Type it as it is shown.');

function checked(json: unknown): PooledRun {
  try {
    return checkSharedRun(json);
  } catch (error) {
    const { code, message } = asWorkbenchError(error);
    if (code !== 'invalid-data') throw error;
    throw new Refused('invalid-run', message);
  }
}

function assertTeacher(asker: Asker): void {
  if (!asker.teacher) throw new Refused('not-allowed', 'Only the teacher can do this.');
}
