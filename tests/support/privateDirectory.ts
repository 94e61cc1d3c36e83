/** A directory of the browser's private file system in memory, with a limit on its bytes. */
import { concat } from './archives';
import type { PrivateDirectory, Space } from '../../src/datasets/preparedFolder';

const missing = () => new DOMException('There is no such file.', 'NotFoundError');

export class MemoryDirectory implements PrivateDirectory, Space {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Bytes that fit. */
  quota = Infinity;
  /** Whether the browser says how many are free. */
  tells = true;
  /** Whether writing beyond the quota claims to have worked. */
  claims = false;
  /** The file that is being written. */
  writing: string | null = null;
  #now = 0;

  now = () => ++this.#now;
  free = async () => (this.tells && this.quota < Infinity ? this.quota - this.#used : null);

  get #used(): number {
    return [...this.files.values()].reduce((sum, { length }) => sum + length, 0);
  }

  async *keys() {
    yield* [...this.files.keys()];
  }

  async getFileHandle(name: string, { create = false } = {}) {
    if (create) this.files.set(name, new Uint8Array());
    if (!this.files.has(name)) throw missing();
    const contents = () => this.files.get(name) as Uint8Array<ArrayBuffer>;
    return {
      getFile: async () => new File([contents()], name),
      createSyncAccessHandle: async () => {
        this.writing = name;
        return {
          write: (part: AllowSharedBufferSource) => {
            const bytes = part as Uint8Array;
            const full = this.#used + bytes.length > this.quota;
            if (full && this.claims) return bytes.length;
            if (full) throw new DOMException('No space is left.', 'QuotaExceededError');
            this.files.set(name, concat(contents(), bytes));
            return bytes.length;
          },
          flush() {},
          close: () => (this.writing = null),
        };
      },
      move: async (to: string) => {
        this.files.set(to, contents());
        this.files.delete(name);
      },
    };
  }

  async removeEntry(name: string) {
    if (name === this.writing) throw new DOMException('It is being written.', 'NoModificationAllowedError');
    if (!this.files.delete(name)) throw missing();
  }
}
