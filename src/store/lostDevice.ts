/** A run whose graphics device was lost goes on by itself, from its checkpoint and on a new device. */
import type { BackendName } from '../backends/backend';
import type { StoredRun } from '../keep/runStorage';
import { say } from '../core/language/say';
import { isBusy } from './isBusy';
import { showBefore } from './shownRun';
import type { Workbench } from './workbench';

type Page = Pick<Workbench, 'store' | 'pickBackend' | 'goOn'>;

export class LostDevice {
  /** The step of the newest checkpoint that was gone on from, by run: a device that is lost again before the next one would be lost there for ever. */
  readonly #tried = new Map<string, number>();

  constructor(
    private readonly page: Page,
    private readonly read: (id: string) => Promise<StoredRun>,
  ) {}

  /** @returns whether the run goes on; otherwise the page says what happened, and what a person can do */
  async goOn(id: string): Promise<boolean> {
    let goesOn = false;
    try {
      goesOn = await this.#tryToGoOn(id);
    } finally {
      const { run } = this.page.store.getState();
      // A person may have begun a search meanwhile.
      if (!goesOn && !isBusy(run)) this.page.store.setState({ run: { ...run, stranded: true } });
    }
    return goesOn;
  }

  async #tryToGoOn(id: string): Promise<boolean> {
    const { record, summary } = await this.read(id);
    if (summary.checkpointBytes === 0 || summary.step <= (this.#tried.get(id) ?? -1)) return false;
    this.#tried.set(id, summary.step);
    await this.page.pickBackend(this.page.store.getState().backend.choice);
    const { backend } = this.page.store.getState();
    // Where there is no other device the automatic choice is another backend, on which numbers would go on otherwise.
    if (backend.state !== 'ready' || backend.started.name !== summary.backend) return false;
    if (isBusy(this.page.store.getState().run)) return false;
    await this.page.goOn(record, summary.backend as BackendName, (space) => showBefore(record, space));
    if (this.page.store.getState().run.state === 'failed') return false;
    this.page.store.setState({
      announcement: () => say('The graphics device was lost. The search goes on from its checkpoint on a new one.'),
    });
    return true;
  }
}
