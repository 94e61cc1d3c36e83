/** The page's end of a class: asks the server that the page came from. */
import type { Refusal, RefusalCode } from '../core/runs/pool/pooledRun';

/** 128 random bits, by which the class knows what is handed over again. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Why the class did not do what was asked; `no-answer`: its server cannot be reached; `no-class`: what answers is another server. */
export class ClassRefusal extends Error {
  override readonly name = 'ClassRefusal';

  constructor(
    readonly code: RefusalCode | 'no-answer' | 'no-class',
    message: string,
  ) {
    super(message);
  }

  /** Whether it is not known that the class has heard the request, so that it is made again. */
  get unheard(): boolean {
    return this.code === 'no-answer' || this.code === 'no-class';
  }
}

export class ClassroomClient {
  /** @param token of the member or the teacher; null before joining */
  constructor(
    private readonly send: (address: string, options: RequestInit) => Promise<Response>,
    public token: string | null,
  ) {}

  /**
   * @param path below `pool`, empty or with its slash
   * @param key the same in a request that is made again, which then changes nothing
   * @returns the answer's content, null where there is none
   * @throws ClassRefusal
   */
  async ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, content?: unknown, key?: string): Promise<unknown> {
    const answer = await this.#answer(`pool${path}`, {
      method,
      headers: {
        ...(this.token !== null && { Authorization: `Bearer ${this.token}` }),
        ...(content !== undefined && { 'Content-Type': 'application/json' }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
      ...(content !== undefined && { body: JSON.stringify(content) }),
      cache: 'no-store',
    });
    if (answer.status === 204) return null;
    // Another server at this address, such as one without a class, may answer with anything.
    const json: unknown = await answer.json().catch(() => null);
    if (answer.ok && json !== null) return json;
    const { code, message } = (json ?? {}) as Partial<Refusal>;
    throw new ClassRefusal(code ?? 'no-class', message ?? `status ${answer.status}`);
  }

  async #answer(address: string, options: RequestInit): Promise<Response> {
    try {
      return await this.send(address, options);
    } catch (error) {
      throw new ClassRefusal('no-answer', String(error));
    }
  }
}
