/** Asks the worker what a search on the examples would be warned of, whenever something that it depends on has changed. */
import type { StoreApi } from 'zustand/vanilla';
import { sentencesText } from '../core/language/lists';
import { said, type Told } from '../core/language/told';
import { asWorkbenchError } from '../core/errors';
import type { CheckedConfig, DataLimits } from '../protocol/protocol';
import { configOf } from './configOf';
import type { WorkbenchState } from './state';

/** How long settings have to stay before they are looked at: the worker may have to make examples first. */
const SETTLED_MS = 400;

class DataCheck {
  #newest = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param tell receives the warnings, after the reason why a search would be refused if it would be */
  constructor(
    private readonly ask: (config: CheckedConfig, limits: DataLimits) => Promise<readonly Told[]>,
    private readonly tell: (warnings: readonly Told[]) => void,
  ) {}

  /** Asks once nothing has changed for a while; only the newest answer is told. */
  changed(
    { task, batchSize, randomSeed, validationShare, method, bilevel, space }: CheckedConfig,
    { trainCount, testCount }: DataLimits,
  ): void {
    const number = ++this.#newest;
    clearTimeout(this.#timer);
    const check = async () => {
      const warnings = await this.#answer(
        { task, batchSize, randomSeed, validationShare, method, bilevel, space },
        { trainCount, testCount },
      );
      if (number === this.#newest) this.tell(warnings);
    };
    this.#timer = setTimeout(() => void check(), SETTLED_MS);
  }

  async #answer(config: CheckedConfig, limits: DataLimits): Promise<readonly Told[]> {
    try {
      return await this.ask(config, limits);
    } catch (error) {
      const { code, told } = asWorkbenchError(error);
      // Other errors are reported by the commands that run into them.
      return code === 'invalid-data' || code === 'invalid-setting' ? [told] : [];
    }
  }
}

/** Keeps `dataWarnings` of the state up to what is set, and announces those that are new and not of the run that is shown. @param ask the worker */
export function watchData(
  store: StoreApi<WorkbenchState>,
  ask: (config: CheckedConfig, limits: DataLimits) => Promise<readonly Told[]>,
): void {
  const check = new DataCheck(ask, (dataWarnings) => {
    const { dataWarnings: before, run } = store.getState();
    // Those of the run that is shown were told with it.
    const known = [...before, ...run.warnings].map(said);
    const news = dataWarnings.filter((warning) => !known.includes(said(warning)));
    store.setState({ dataWarnings, ...(news.length > 0 && { announcement: () => sentencesText(news) }) });
  });
  const dependsOn = ['dataset', 'settings', 'choices', 'method'] as const;
  store.subscribe((state, before) => {
    if (state.dataset && dependsOn.some((key) => state[key] !== before[key])) check.changed(configOf(state), state.settings);
  });
}
