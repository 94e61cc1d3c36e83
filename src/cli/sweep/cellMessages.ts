/** What a sweep and its processes tell each other. */
import type { ErrorCode } from '../../core/errors';
import type { PlannedCell } from '../../core/runs/sweep/plan';

/** A cell of a plan that can be run. */
export type Cell = PlannedCell & { readonly key: string };

export type CellOrder =
  | {
      readonly kind: 'open';
      readonly folder: string;
      readonly options: readonly string[];
      readonly dataFingerprint: string;
      readonly threads: number;
    }
  | { readonly kind: 'cell'; readonly cell: Cell }
  /** Write the checkpoint of the cell under way, and end. */
  | { readonly kind: 'end' };

export type CellAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string; readonly stack: string };
