import { WorkbenchError } from '../../errors';
import { word } from '../../language/say';
import { sayLater } from '../../language/told';
import type { Answers, Quality } from '../task';

/** Share of false alarms up to which the partial area counts, as in DCASE 2020, task 2. */
const MOST_FALSE_ALARMS = 0.1;

/** One recording's score and whether it is a fault's. */
interface Scored {
  readonly score: number;
  readonly fault: boolean;
}

/**
 * Area under the curve of found faults over false alarms, without any threshold: the share of pairs of a faulty and a normal recording
 * in which the faulty one has the larger loss, ties counting half. It is computed for each group (machine), and the mean is taken. A
 * recording's score is the mean loss of its examples. Labels: 0 normal, 1 a fault. A group with recordings of one kind alone has no
 * such area and is left out. It throws WorkbenchError `invalid-data` where no group is left.
 */
export const auc: Quality = {
  id: 'auc',
  label: word('AUC'),
  word: word('AUC'),
  unit: '',
  better: 'higher',
  of(answers) {
    const all = machines(answers);
    if (all.length === 0)
      throw new WorkbenchError(
        'invalid-data',
        sayLater(
          'AUC compares normal with anomalous sounds, and of the {count} test examples no machine has both. Use more test examples, or others.',
          { count: String(answers.labels.length) },
        ),
      );
    return mean(all.map(([, scored]) => area(scored, 1)));
  },
  parts(answers, groupNames) {
    const all = machines(answers);
    return [
      ...all.map(([group, scored]) => ({ label: `AUC, ${groupNames[group] ?? `group ${group}`}`, value: area(scored, 1) })),
      { label: word('Partial AUC up to 10 % false alarms, mean'), value: mean(all.map(([, scored]) => standardised(scored))) },
    ];
  },
};

/** The recordings of each group that has both kinds. */
function machines({ losses, labels, groups, recordings }: Answers): [group: number, scored: Scored[]][] {
  const byGroup = new Map<number, Map<number, { sum: number; count: number; fault: boolean }>>();
  losses.forEach((loss, example) => {
    const group = groups?.[example] ?? 0;
    const within = byGroup.get(group) ?? new Map<number, { sum: number; count: number; fault: boolean }>();
    byGroup.set(group, within);
    const recording = recordings?.[example] ?? example;
    const found = within.get(recording) ?? { sum: 0, count: 0, fault: labels[example] !== 0 };
    found.sum += loss;
    found.count += 1;
    within.set(recording, found);
  });
  return [...byGroup]
    .map(([group, within]): [number, Scored[]] => [
      group,
      [...within.values()].map(({ sum, count, fault }) => ({ score: sum / count, fault })),
    ])
    .filter(([, scored]) => scored.some(({ fault }) => fault) && scored.some(({ fault }) => !fault))
    .toSorted(([a], [b]) => a - b);
}

/**
 * Area under the curve from no false alarms to `most` of all normal recordings. Recordings of equal score are passed together, so that
 * the curve goes straight across them. NaN has no place in an order, so the area is NaN where a score is.
 */
function area(scored: readonly Scored[], most: number): number {
  if (scored.some(({ score }) => Number.isNaN(score))) return NaN;
  const faults = scored.filter(({ fault }) => fault).length;
  const normal = scored.length - faults;
  const byScore = scored.toSorted((a, b) => b.score - a.score);
  let [found, alarms, total] = [0, 0, 0];
  for (let at = 0; at < byScore.length && alarms < most;) {
    const { score } = byScore[at] as Scored;
    let [more, wrong] = [0, 0];
    for (; byScore[at]?.score === score; at++) {
      if (byScore[at]?.fault) more += 1 / faults;
      else wrong += 1 / normal;
    }
    // The last piece ends where the false alarms reach the limit.
    const share = wrong > 0 ? Math.min(1, (most - alarms) / wrong) : 1;
    total += wrong * share * (found + (more * share) / 2);
    found += more;
    alarms += wrong;
  }
  return total;
}

/** The partial area, 0.5 for guesses and 1 for a faultless order. Source: McClish, Analyzing a portion of the ROC curve, 1989. */
function standardised(scored: readonly Scored[]): number {
  const guessed = MOST_FALSE_ALARMS ** 2 / 2;
  return (1 + (area(scored, MOST_FALSE_ALARMS) - guessed) / (MOST_FALSE_ALARMS - guessed)) / 2;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
