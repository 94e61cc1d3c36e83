import type { SearchResult } from '../core/search/events';
import type { ExportedRun } from '../exporters/exporter';

/** The run with a result that was exported last, so that sizes, quality and files of one network make it int8 only once. */
export class ExportedRuns {
  #last: { readonly run: ExportedRun; readonly result: SearchResult; int8Quality: number | null } | null = null;

  /** @param result of the search; another one has another network */
  of(run: ExportedRun, result: SearchResult | null): ExportedRun {
    // Before the result the network still changes.
    if (!result) return run;
    const last = this.#last;
    if (last && last.result === result && last.run.model === run.model && sameRanges(last.run, run)) return last.run;
    const kept: ExportedRun = { ...run, int8Quality: () => Promise.resolve(this.#last?.run === kept ? this.#last.int8Quality : null) };
    this.#last = { run: kept, result, int8Quality: null };
    return kept;
  }

  /** Its files tell the quality from here on. */
  measured(run: ExportedRun, int8Quality: number): void {
    if (this.#last?.run === run) this.#last.int8Quality = int8Quality;
  }

  /** Lets go of the run. */
  clear(): void {
    this.#last = null;
  }
}

const sameRanges = ({ ranges: a }: ExportedRun, { ranges: b }: ExportedRun) => a?.method === b?.method && a?.examples === b?.examples;
