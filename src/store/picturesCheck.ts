/** Asks the worker for the warnings of a search on the pictures, whenever something that they depend on has changed. */
import { asWorkbenchError } from '../core/errors';
import type { CheckedConfig, DataLimits } from '../protocol/protocol';

/** How long settings must stay unchanged before the worker is asked, since it may have to draw pictures first. */
const SETTLED_MS = 400;

export class PicturesCheck {
  #newest = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param tell receives the warnings, or only the reason why a search would be refused */
  constructor(
    private readonly ask: (config: CheckedConfig, limits: DataLimits) => Promise<readonly string[]>,
    private readonly tell: (warnings: readonly string[]) => void,
  ) {}

  /** Asks when nothing has changed for a while. Only the newest answer is passed on. */
  changed({ batchSize, randomSeed, validationShare, method, bilevel }: CheckedConfig, { trainCount, testCount }: DataLimits): void {
    const number = ++this.#newest;
    clearTimeout(this.#timer);
    const check = async () => {
      const warnings = await this.#answer({ batchSize, randomSeed, validationShare, method, bilevel }, { trainCount, testCount });
      if (number === this.#newest) this.tell(warnings);
    };
    this.#timer = setTimeout(() => void check(), SETTLED_MS);
  }

  async #answer(config: CheckedConfig, limits: DataLimits): Promise<readonly string[]> {
    try {
      return await this.ask(config, limits);
    } catch (error) {
      const { code, message } = asWorkbenchError(error);
      // Other errors are reported by the commands that run into them.
      return code === 'invalid-data' || code === 'invalid-setting' ? [message] : [];
    }
  }
}
