import type { ImportProgress } from '../protocol/datasets';

/** Which share of an import is done, 0 to 1, by items where they are counted. */
export function importShare({ items, bytes }: ImportProgress): number {
  const { done, total } = items ?? bytes;
  return total > 0 ? done / total : 0;
}
