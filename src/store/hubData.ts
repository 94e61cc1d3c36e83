/** A data set of the Hugging Face hub: lists it, and reads what a person chose of it in place of the examples in use. */
import { say } from '../core/language/say';
import type { DatasetClient } from '../client/datasetClient';
import type { HubChoice, HubListing } from '../protocol/datasets';
import type { Host, OwnData } from './ownData';

export class HubData {
  constructor(
    private readonly host: Pick<Host, 'store' | 'use'>,
    private readonly datasets: DatasetClient,
    private readonly own: Pick<OwnData, 'taken' | 'list'>,
  ) {}

  /** @throws WorkbenchError as `DatasetCommands.listHub` does */
  list(name: string): Promise<HubListing> {
    return this.datasets.listHub(name);
  }

  /**
   * Reads a part of the data set that was listed last, and keeps it in this browser.
   * @returns whether the examples are there; if not, `dataError` says why, and the same choice goes on from what was fetched
   */
  async import(choice: HubChoice): Promise<boolean> {
    const { store, use } = this.host;
    store.setState({ dataNote: null, announcement: () => say('Fetching files.') });
    await use(async () => {
      const { task } = store.getState();
      return this.own.taken(await this.datasets.importFromHub(choice, task, (importing) => store.setState({ importing })));
    });
    await this.own.list();
    return store.getState().dataError === null;
  }

  /** Ends what is under way, which then fails; what was fetched is kept. */
  cancel(): void {
    this.datasets.cancelHub();
  }
}
