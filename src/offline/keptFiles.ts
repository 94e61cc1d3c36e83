/**
 * The page's files, kept in the browser so that the page opens without its server. A file counts only if its content is what the build wrote:
 * a damaged or missing one is fetched again, so no state of the cache keeps the page from opening where its server answers.
 */

/** What one build consists of. It is written into the service worker when that is built. */
export interface Build {
  /** Names the build; another content has another id. */
  readonly id: string;
  /** Headers that every answer carries, so that the page is isolated and held to its policy on every host. */
  readonly headers: Readonly<Record<string, string>>;
  /** The SHA-256 of each file in hexadecimal, by its path from the page's folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** The page itself, which is asked for by its folder. */
const PAGE = 'index.html';

export class KeptFiles {
  /** Starts the name of the cache of every build of this folder. Other pages of the host have caches of their own. */
  readonly #ours: string;
  readonly #name: string;

  /**
   * @param folder the address of the page's folder, with a slash at its end
   * @param caches where files are kept
   * @param fetch asks the host
   */
  constructor(
    private readonly build: Build,
    private readonly folder: string,
    private readonly caches: CacheStorage,
    private readonly fetch: (request: Request | string, options?: RequestInit) => Promise<Response>,
  ) {
    this.#ours = `nas-workbench ${folder} `;
    this.#name = `${this.#ours}${build.id}`;
  }

  /**
   * Keeps all files, and takes those that an earlier build has left unchanged from there.
   * @throws Error that names a file which does not come or is not of this build; the others are kept for the next try
   */
  async keepAll(): Promise<void> {
    const kept = await Promise.allSettled(
      Object.keys(this.build.files).map(async (path) => {
        const file = (await this.#kept(path)) ?? (await this.#fetched(path));
        if (!file) throw new Error(`${path} is not the file of this version: the host changed it, or is being updated`);
        await this.#keep(path, file);
      }),
    );
    for (const one of kept) if (one.status === 'rejected') throw one.reason;
  }

  /** Answers a request for a file below the folder: from what is kept, else from the host. */
  async answer(request: Request): Promise<Response> {
    const path = this.#path(request.url);
    // An open page of another build still asks for the files of that one.
    if (!Object.hasOwn(this.build.files, path)) return (await this.caches.match(request)) ?? this.#withHeaders(await this.fetch(request));
    const kept = await this.#kept(path);
    if (kept) return kept;
    const fetched = await this.#fetched(path);
    if (!fetched) return this.#withHeaders(await this.fetch(request));
    // A full disk is no reason to refuse what has come.
    await this.#keep(path, fetched.clone()).catch(() => undefined);
    return fetched;
  }

  /** Whether a request is for the page itself. */
  isPage(url: string): boolean {
    return this.#path(url) === PAGE;
  }

  /**
   * Deletes what other builds have left.
   * @param mayDelete is asked last, when the list is made: a build that begins to be kept later is not on the list
   */
  async deleteOthers(mayDelete: () => boolean): Promise<void> {
    const others = (await this.caches.keys()).filter((name) => name.startsWith(this.#ours) && name !== this.#name);
    if (mayDelete()) await Promise.all(others.map((name) => this.caches.delete(name)));
  }

  /** Deletes what all builds have left. */
  async deleteAll(): Promise<void> {
    const all = (await this.caches.keys()).filter((name) => name.startsWith(this.#ours));
    await Promise.all(all.map((name) => this.caches.delete(name)));
  }

  /** The path of a file from the folder. The page can be asked for by the folder, and with a query. */
  #path(url: string): string {
    const path = new URL(url).pathname.slice(new URL(this.folder).pathname.length);
    return path === '' ? PAGE : path;
  }

  #address(path: string): string {
    return new URL(path, this.folder).href;
  }

  /** The file as this build wrote it, from this build's cache or another's; undefined where none has it. */
  async #kept(path: string): Promise<Response | undefined> {
    const own = await this.caches.open(this.#name);
    const found = await own.match(this.#address(path));
    return (found && (await this.#whole(path, found))) ?? this.#whole(path, await this.caches.match(this.#address(path)));
  }

  async #fetched(path: string): Promise<Response | undefined> {
    // Asks the host whether the browser's copy is still the newest: the page's address stays the same from build to build.
    const answer = await this.fetch(this.#address(path), { cache: 'no-cache' });
    return answer.ok ? this.#whole(path, answer) : undefined;
  }

  /** A file with the content of this build, as an answer; undefined for another content. */
  async #whole(path: string, answer: Response | undefined): Promise<Response | undefined> {
    if (!answer) return undefined;
    const bytes = await answer.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (hash !== this.build.files[path]) return undefined;
    const type = answer.headers.get('content-type');
    return new Response(bytes, { headers: { ...(type !== null && { 'content-type': type }), ...this.build.headers } });
  }

  async #keep(path: string, file: Response): Promise<void> {
    await (await this.caches.open(this.#name)).put(this.#address(path), file);
  }

  /** The host's answer with the build's headers. An answer that no script may read, such as a redirection, stays as it is. */
  #withHeaders(answer: Response): Response {
    if (answer.status === 0) return answer;
    const { status, statusText } = answer;
    const headers = new Headers(answer.headers);
    for (const [name, value] of Object.entries(this.build.headers)) headers.set(name, value);
    return new Response(answer.body, { status, statusText, headers });
  }
}
