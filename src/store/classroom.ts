/** The class as this page takes part in it: joins, shares what its searches find, and follows the runs of all. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { ClassRefusal, newKey, type ClassroomClient } from '../client/classroomClient';
import type { ChangesAnswer, ClassAnswer, Joined, PooledRun, SharedRun } from '../core/runs/pool/pooledRun';
import { justFinished } from './finishedRun';
import type { WorkbenchState } from './state';

/** A run is seen within this time and that of an answer. */
const ASK_EVERY_MS = 3000;
/** The class takes so many runs a minute; what it refuses is offered again after that. */
const AGAIN_MS = 60_000;

export type Role = { readonly teacher: true } | { readonly teacher: false; readonly member: number };

/** A run of the class. */
export interface ClassRun extends PooledRun {
  readonly at: number;
  readonly member: number;
}

export interface ClassState {
  /** Null until the server was asked whether it has a class; asked again as long as it does not answer. */
  readonly found: boolean | null;
  readonly role: Role | null;
  readonly open: boolean;
  /** Whether the class lies over the page; it does from the beginning where the page has not joined. */
  readonly shown: boolean;
  /** By number, in the order of coming. */
  readonly runs: ReadonlyMap<number, ClassRun>;
  /** For the teacher alone. */
  readonly overview: ClassAnswer | null;
  /** Why the last request was refused. */
  readonly problem: ClassRefusal | null;
  /** Finished searches that are still to be shared, as after the server could not be reached. */
  readonly waiting: number;
  /** Whether the last search stayed here, since it ran on own examples or an own device. */
  readonly keptBack: boolean;
}

/** Where the page keeps its token, so that a reload stays in the class; the tab's end forgets it. */
export type TokenPlace = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const TOKEN = 'class';

export class Classroom {
  readonly store: StoreApi<ClassState> = createStore<ClassState>(() => ({
    found: null,
    role: null,
    open: true,
    shown: false,
    runs: new Map(),
    overview: null,
    problem: null,
    waiting: 0,
    keptBack: false,
  }));
  readonly #waiting: { readonly key: string; readonly run: SharedRun }[] = [];
  #after = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;
  #asking: Promise<void> = Promise.resolve();

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    private readonly client: ClassroomClient,
    private readonly place: TokenPlace,
    private readonly now: () => number,
  ) {}

  get state(): ClassState {
    return this.store.getState();
  }

  /** Asks whether the server has a class, and goes on in it after a reload; from then on shares what searches find. @returns what ends it */
  begin(workbench: StoreApi<WorkbenchState>): () => void {
    void this.#find();
    const ignore = workbench.subscribe((state, before) => {
      const finished = justFinished(before, state);
      if (finished === null || this.state.role?.teacher !== false) return;
      this.#set({ keptBack: finished === 'own' });
      if (finished === 'own') return;
      this.#waiting.push({ key: newKey(), run: finished });
      this.refresh();
    });
    return () => {
      ignore();
      clearTimeout(this.#timer);
    };
  }

  show(shown: boolean): void {
    this.#set({ shown });
  }

  async join(code: string): Promise<void> {
    this.#set({ problem: null });
    await this.#attempt(async () => {
      const { member, token } = (await this.client.ask('POST', '/members', { code })) as Joined;
      this.#enter({ teacher: false, member }, token);
    });
  }

  /** @param key that the server has printed for the teacher */
  async lead(key: string): Promise<void> {
    this.#set({ problem: null });
    await this.#attempt(async () => {
      const { token } = (await this.client.ask('POST', '/teachers', { code: key })) as { token: string };
      this.#enter({ teacher: true }, token);
    });
  }

  /** Leaves the class, and takes the runs back that this page has shared. */
  async leave(): Promise<void> {
    const { role } = this.state;
    await this.#attempt(async () => {
      if (role?.teacher === false) await this.client.ask('DELETE', `/members/${role.member}`);
      this.#forget();
    });
  }

  remove = (run: number) => this.#change('DELETE', `/runs/${run}`);
  removeMember = (member: number) => this.#change('DELETE', `/members/${member}`);
  clear = () => this.#change('DELETE', '/runs');
  setOpen = (open: boolean) => this.#change('PUT', '/class', { open });

  /** Shares what waits and asks for news now, and every few seconds from then on. */
  refresh(): void {
    clearTimeout(this.#timer);
    const before = this.#asking.catch(() => {});
    this.#asking = before.then(async () => {
      if (!this.#isIn()) return;
      await this.#attempt(async () => {
        await this.#shareWaiting();
        await this.#follow();
      });
      clearTimeout(this.#timer);
      if (this.#isIn()) this.#timer = setTimeout(() => this.refresh(), ASK_EVERY_MS);
    });
  }

  #isIn(): boolean {
    return this.state.role !== null;
  }

  async #find(): Promise<void> {
    try {
      const { open } = (await this.client.ask('GET', '')) as { open: boolean };
      const kept = keptRole(this.place.getItem(TOKEN));
      this.#set({ found: true, open, shown: kept === null });
      if (kept) this.#enter(kept.role, kept.token);
    } catch (error) {
      this.#set({ found: false });
      // A server without a class will not have one later.
      if ((error as ClassRefusal).code === 'no-answer') this.#timer = setTimeout(() => void this.#find(), ASK_EVERY_MS);
    }
  }

  #enter(role: Role, token: string): void {
    this.client.token = token;
    this.#after = 0;
    this.place.setItem(TOKEN, JSON.stringify({ role, token }));
    this.#set({ role, runs: new Map() });
    this.refresh();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.client.token = null;
    this.place.removeItem(TOKEN);
    this.#waiting.length = 0;
    this.#set({ role: null, runs: new Map(), overview: null, waiting: 0, keptBack: false });
  }

  async #shareWaiting(): Promise<void> {
    for (let [first] = this.#waiting; first && this.now() >= this.#notBefore; [first] = this.#waiting) {
      this.#set({ waiting: this.#waiting.length });
      try {
        await this.client.ask('POST', '/runs', first.run, first.key);
      } catch (error) {
        const { code, unheard } = error as ClassRefusal;
        if (code === 'too-many') this.#notBefore = this.now() + AGAIN_MS;
        // What the class will never take is not offered again.
        else if (!unheard) this.#waiting.shift();
        this.#set({ waiting: this.#waiting.length });
        // Told, but what others have shared is asked for all the same.
        if (code !== 'too-many') throw error;
        this.#set({ problem: error as ClassRefusal });
        return;
      }
      this.#waiting.shift();
    }
    this.#set({ waiting: this.#waiting.length });
  }

  async #follow(): Promise<void> {
    for (let more = true; more;) {
      const answer = (await this.client.ask('GET', `/runs?after=${this.#after}`)) as ChangesAnswer;
      const runs = new Map(this.state.runs);
      for (const change of answer.changes) {
        this.#after = change.at;
        if ('run' in change) runs.set(change.at, { ...change.run, at: change.at, member: change.member });
        else if ('removed' in change) runs.delete(change.removed);
        else runs.clear();
      }
      // Views draw again only where something has changed.
      this.#set({ open: answer.open, ...(answer.changes.length > 0 && { runs }) });
      more = answer.more;
    }
    if (this.state.role?.teacher) this.#set({ overview: (await this.client.ask('GET', '/class')) as ClassAnswer });
  }

  async #change(method: 'PUT' | 'DELETE', path: string, content?: unknown): Promise<void> {
    this.#set({ problem: null });
    await this.#attempt(() => this.client.ask(method, path, content));
    this.refresh();
  }

  async #attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
      if (this.state.problem?.unheard) this.#set({ problem: null });
    } catch (error) {
      if (!(error instanceof ClassRefusal)) throw error;
      this.#set({ problem: error });
      // The class has ended and another has begun, or the teacher has removed this member.
      if (error.code === 'not-joined') this.#forget();
    }
  }

  #set(change: Partial<ClassState>): void {
    this.store.setState(change);
  }
}

function keptRole(text: string | null): { readonly role: Role; readonly token: string } | null {
  try {
    return text === null ? null : (JSON.parse(text) as { role: Role; token: string });
  } catch {
    return null;
  }
}
