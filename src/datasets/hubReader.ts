/** Lists and reads data sets of the Hugging Face hub for a host, one at a time. Only these commands contact other hosts. */
import type { Dataset } from '../core/data/dataset';
import { WorkbenchError } from '../core/errors';
import { sentencesLater } from '../core/language/lists';
import { sayLater } from '../core/language/told';
import type { ImportOptions } from '../importers/exampleImporter';
import { huggingFace, type Hub } from '../importers/hub/hub';
import { importHub, type HubChoice } from '../importers/hub/importHub';
import { KeptRanges } from '../importers/hub/keptRanges';
import { listHub, type HubListing } from '../importers/hub/listing';

export class HubReader {
  #listing: HubListing | null = null;
  #stop = new AbortController();
  /** What was fetched of the listed data set, until it is read whole or another one is listed. */
  readonly #kept = new KeptRanges();

  constructor(private readonly hub: Hub = huggingFace) {}

  /** @throws WorkbenchError as `listHub` does */
  async list(name: string): Promise<HubListing> {
    const listing = await listHub(name, this.hub, this.#begin());
    if (listing.name !== this.#listing?.name) this.#kept.clear();
    this.#listing = listing;
    return listing;
  }

  /**
   * @param choice of the data set that was listed last
   * @param onFetched hears bytes, those that have come and all
   * @throws WorkbenchError as `importHub` does
   */
  async read(
    choice: HubChoice,
    options: Omit<ImportOptions, 'parquet'>,
    onFetched: (done: number, total: number) => void,
  ): Promise<Dataset> {
    const listing = this.#listing;
    if (!listing) throw new WorkbenchError('busy', sayLater('No data set is listed yet. List one by its name first.'));
    try {
      const data = await importHub(listing, choice, options, { hub: this.hub, kept: this.#kept, signal: this.#begin(), onFetched });
      this.#kept.clear();
      return data;
    } catch (reason) {
      throw reason instanceof WorkbenchError && reason.details.mayPass ? withRest(reason) : reason;
    }
  }

  /** Ends what is under way, which then fails with `cancelled`. */
  cancel(): void {
    this.#stop.abort();
  }

  #begin(): AbortSignal {
    this.#stop.abort();
    this.#stop = new AbortController();
    return this.#stop.signal;
  }
}

/** The error of a broken connection, and that it cost nothing. */
function withRest({ code, told, details }: WorkbenchError): WorkbenchError {
  return new WorkbenchError(
    code,
    sentencesLater([told, sayLater('What was fetched is kept for now: the same choice goes on from there.')]),
    details,
  );
}
