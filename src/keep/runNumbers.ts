/** Numbers that tell kept runs of one name apart. */
import { unlabelled, type RunLabel, type RunSummary } from './keptRun';

type Summary = Pick<RunSummary, 'id' | 'started' | 'task' | 'randomSeed'>;

/**
 * Gives each run without a number the next one of its name, those that were started first before others. A number stays with its run,
 * whatever becomes of the others.
 * @param summaries of all runs, also of deleted ones, which can be brought back
 * @param labels of those runs that have one
 * @returns the labels that have got a number
 */
export function newlyNumbered(summaries: readonly Summary[], labels: readonly RunLabel[]): RunLabel[] {
  const labelOf = new Map(labels.map((label) => [label.id, label]));
  const greatest = new Map<string, number>();
  const runs = summaries.map((summary) => {
    const label = labelOf.get(summary.id) ?? unlabelled(summary.id);
    // What the name that a run has by itself is made of, in every language.
    const name = label.name || JSON.stringify([summary.task, summary.randomSeed]);
    greatest.set(name, Math.max(greatest.get(name) ?? 0, label.number ?? 0));
    return { summary, label, name };
  });
  return runs
    .filter(({ label }) => label.number === undefined)
    .toSorted((a, b) => a.summary.started - b.summary.started)
    .map(({ label, name }) => {
      const number = (greatest.get(name) as number) + 1;
      greatest.set(name, number);
      return { ...label, number };
    });
}
