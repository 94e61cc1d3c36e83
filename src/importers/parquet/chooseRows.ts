/** Which rows of a part are taken where not all of them are wanted. */

/** Fewer groups than these, or than these for each class, would miss classes where a data set is sorted by class. */
const [LEAST_GROUPS, GROUPS_PER_CLASS] = [8, 2];

/**
 * Rows by group, as indices within each. A group has to be fetched whole, so only as many groups are touched as are needed, at least eight and
 * two for each class, and they lie at equal distances over the part. Of their rows every so manyth is taken.
 * @param counts rows of each group of the part, in order
 * @param most rows to take; null for all
 * @param classes how many there are, 0 where nobody knows
 */
export function chooseRows(counts: readonly number[], most: number | null, classes: number): readonly (readonly number[])[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (most === null || total <= most) return counts.map((count) => Array.from({ length: count }, (_, row) => row));
  const groups = enoughGroups(counts, most, classes);
  const held = groups.reduce((sum, group) => sum + (counts[group] as number), 0);
  const rows: number[][] = counts.map(() => []);
  let [seen, taken] = [0, 0];
  for (const group of groups) {
    const count = counts[group] as number;
    for (; taken < most; taken++) {
      const row = Math.floor(((taken + 0.5) * held) / most) - seen;
      if (row >= count) break;
      rows[group]?.push(row);
    }
    seen += count;
  }
  return rows;
}

function enoughGroups(counts: readonly number[], most: number, classes: number): number[] {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  for (let wanted = Math.max(LEAST_GROUPS, GROUPS_PER_CLASS * classes, Math.ceil(most / mean)); wanted < counts.length; wanted++) {
    const groups = Array.from({ length: wanted }, (_, index) => Math.floor(((index + 0.5) * counts.length) / wanted));
    if (groups.reduce((sum, group) => sum + (counts[group] as number), 0) >= most) return groups;
  }
  return counts.map((_, group) => group);
}
