/** Comparisons with plain choices as Markdown. */
import { markdownTable, wrapMarkdown } from '../../../core/markdown';
import { resultsText } from '../../../core/runs/resultsVersion';
import { byPair, comparisons, foundIn, frontVolumes, meanings, worstPair, type Comparison, type Found } from './comparisons';
import { contestants, spaceKey } from './contestants';
import { chosenPairs } from './pairs';
import { isFailed, scratchKey, type Baselines, type Part } from './results';
import { randomNetworks, spacesFor, type Spaces } from './schedule';
import { mean, median, standardError } from './statistics';

export function baselinesPage({ resultsVersion, parts }: Baselines): string {
  return wrapMarkdown(`# Searches against plain choices

This page shows whether searching is worth its work: every strategy is compared with the choices that need no search, which are the largest
network that fits, networks at random, and the seed network. \`npm run -s evaluate -- --baselines\` makes it. With the options
below a comparison, and with \`--json\` for the file beside this page, it goes on where it stopped, as long as searches are of the same version.

${resultsText(resultsVersion)}

From scratch means: trained like the seed network, in the same phases and for as many epochs as a search, with weights at random. Every quality
is that on the test pictures. Differences are in points, which are percents of the test pictures. The largest feasible network is the better one,
from scratch and on average over random seeds, of that with most parameters and that with most multiply-accumulates; where candidates and channels
are searched, of the largest ones of both spaces. At equal work it is the better one with the same random seed. Random
networks of candidates are drawn uniformly from all that fit. Of channels, each number is drawn uniformly, and all are
lowered by the same share until the network fits; where both are searched, candidates are drawn first, then their channels.

Target pairs limit memory and latency on GAP8. They are named by how far both lie on the way from the least that the method's space reaches to the
seed network's costs, but for 40 kB and 6 ms, with which the page begins.

The tables say:

${meanings.map(({ what, meaning }) => `- ${what}: ${meaning}`).join('\n')}

A mean is over target pairs and random seeds, and its standard error takes their values as independent. The least pair is that with the least mean
over random seeds; of work and time, that with the greatest.

${Object.values(parts)
  .map((part) => partText(part))
  .join('\n\n')}
`);
}

function partText(part: Part): string {
  const { budget, data, machine } = part;
  const spaces = spacesFor(part.classes);
  const found = foundIn(part, spaces);
  const all = comparisons(found);
  const { warmup, search, finetune } = budget.epochs;
  return `## ${budget.name[0]?.toUpperCase()}${budget.name.slice(1)} budget, ${data.name}

${data.train} training and ${data.test} test pictures${data.synthetic ? ' (synthetic)' : ''}; ${warmup}, ${search} and ${finetune} epochs of warm-up, search and fine-tuning; otherwise the
settings of the preset quick. Machine: ${machine}; trainings ran side by side, on one thread each.

${progress(part, spaces)}

Options of this comparison: \`${optionsOf(part)}\`

### In short

${comparisonTable(all)}

### Losses

${losses(all)}

### Final quality

What each strategy hands over, in percent, at about equal work: strategies without gradients train for as many multiply-accumulates as the
gradient search of their space. Beside it, all from scratch, the largest feasible network, the random feasible ones and the seed network. The best
of the random ones is known by its test pictures alone, and owes a part to luck: it says how much there is to find.

${qualityTables(part, found)}

### Fronts

The volume that a strategy's networks dominate in quality, memory and latency: 0 for nothing, 1 for all right at no cost. Costs count as shares of
the seed network's. Mean over random seeds whose searches are complete. Only strategies of one space have the same targets.

${volumeTable(part, spaces, found)}`;
}

/** What goes on with a part. */
function optionsOf({ budget, data, goal: { methods, pairs, seeds, random } }: Part): string {
  const place = data.synthetic ? 'embedded' : data.name;
  return `--budget ${budget.name} --data ${place} --methods ${methods.join(',')} --pairs ${pairs} --seeds ${seeds} --random ${random}`;
}

function progress(part: Part, spaces: Spaces): string {
  const { goal, jobs } = part;
  const all = contestants(goal.methods);
  const pairs = chosenPairs(goal.pairs);
  const wanted = all.length * pairs.length * goal.seeds;
  const searched = Object.keys(jobs).filter((key) => key.startsWith('search: ')).length;
  const random = new Map(
    all.flatMap((contestant) =>
      pairs.flatMap((pair) =>
        randomNetworks(part, spaces, contestant, pair).map(
          ({ network, randomSeed }) => [scratchKey(network, contestant, randomSeed), null] as const,
        ),
      ),
    ),
  );
  const drawn = [...random.keys()].filter((key) => jobs[key] !== undefined).length;
  const failed = Object.entries(jobs).flatMap(([key, outcome]) => (isFailed(outcome) ? [`- ${key}: ${outcome.reason}`] : []));
  const far = searched >= wanted && drawn === random.size ? 'It is complete' : 'It is not complete';
  const text = `${far}: ${Math.min(searched, wanted)} of ${wanted} searches (${all.length} strategies and spaces, ${pairs.length} target pairs, ${goal.seeds} random seeds), and ${drawn} of ${random.size} random networks (${goal.random} per pair and space, or all that fit). Each of these trains once, and is shared.`;
  return failed.length > 0 ? `${text}\n\nTrainings without a network:\n\n${failed.join('\n')}` : text;
}

function comparisonTable(all: readonly Comparison[]): string {
  const rows = all.map((one, at) => {
    const values = one.values.map(({ value }) => value);
    const worst = worstPair(one);
    return [
      one.what === all[at - 1]?.what ? '' : one.what,
      one.contestant.id,
      figure(one, mean(values)),
      errorOf(one, values),
      counts(one),
      `${worst.pair.name}: ${figure(one, worst.mean)}`,
    ];
  });
  const body = rows.length > 0 ? rows : [['nothing yet', '', '', '', '', '']];
  return table(['what', 'strategy', 'mean', 'standard error', 'pairs × seeds', 'least pair'], body);
}

/** Means below what an even result would be, by what is compared and pair. */
function losses(all: readonly Comparison[]): string {
  const lines = all.flatMap((one) => {
    const { even } = one;
    if (even === null) return [];
    const lost = byPair(one.values).filter(({ values }) => mean(values) < even);
    if (lost.length === 0) return [];
    const where = lost.map(({ pair, values }) => `${pair.name} (${withError(one, values)})`);
    return [`- ${one.what} of ${one.contestant.id}: ${where.join('; ')}`];
  });
  return lines.length > 0 ? `The mean over random seeds is on the losing side here:\n\n${lines.join('\n')}` : 'None so far.';
}

function qualityTables(part: Part, found: readonly Found[]): string {
  const all = contestants(part.goal.methods);
  const keys = [...new Set(all.map(spaceKey))];
  return keys
    .map((key) => {
      const own = all.filter((one) => spaceKey(one) === key);
      const rows = chosenPairs(part.goal.pairs).map((pair) => {
        const here = found.filter((one) => one.pair === pair && spaceKey(one.contestant) === key);
        const columns = own.map(({ id }) => here.filter(({ contestant }) => contestant.id === id).map(({ search }) => search.quality));
        const one = onePerSeed(here);
        const seed = one.flatMap((each) => (each.seed ? [each.seed.quality] : []));
        const largest = one.flatMap((each) => (each.largest === null ? [] : [each.largest]));
        const random = here[0]?.random ?? [];
        const drawn =
          random.length > 0 ? [percentText([median(random)]), percentText([Math.max(...random)]), String(random.length)] : ['', '', ''];
        return [pair.name, ...[...columns, largest].map(percentText), ...drawn, percentText(seed)];
      });
      const head = ['targets', ...own.map(({ id }) => id), 'largest', 'random: median', 'random: best', 'random: how many', 'seed network'];
      return `Space ${key}:\n\n${table(head, rows)}`;
    })
    .join('\n\n');
}

/** What does not depend on the strategy is counted once per random seed. */
function onePerSeed(found: readonly Found[]): Found[] {
  return found.filter((one, at) => found.findIndex((other) => other.randomSeed === one.randomSeed && other.largest !== null) === at);
}

function volumeTable(part: Part, spaces: Spaces, found: readonly Found[]): string {
  const rows = frontVolumes(part, spaces, found).map(({ contestant, volumes }) => [
    contestant.id,
    spaceKey(contestant),
    volumes.length > 0 ? mean(volumes).toFixed(4) : 'not complete',
    volumes.length > 1 ? (standardError(volumes) as number).toFixed(4) : '',
    String(volumes.length),
  ]);
  return table(['strategy', 'space', 'mean volume', 'standard error', 'random seeds'], rows);
}

function counts({ values }: Comparison): string {
  const perPair = byPair(values).map((one) => one.values.length);
  const even = perPair.every((count) => count === perPair[0]);
  return even ? `${perPair.length} × ${perPair[0]}` : `${perPair.length} × ${Math.min(...perPair)} to ${Math.max(...perPair)}`;
}

const digits: Readonly<Record<Comparison['unit'], number>> = { points: 1, percent: 0, times: 2 };

function figure({ unit }: Pick<Comparison, 'unit'>, value: number): string {
  const text = Math.abs(value).toFixed(digits[unit]);
  const negative = value < 0 && Number(text) !== 0;
  if (unit === 'points') return `${negative ? '−' : '+'}${text}`;
  return unit === 'percent' ? `${text} %` : `${text} ×`;
}

function errorOf({ unit }: Pick<Comparison, 'unit'>, values: readonly number[]): string {
  return standardError(values)?.toFixed(digits[unit]) ?? '';
}

function withError(one: Pick<Comparison, 'unit'>, values: readonly number[]): string {
  const error = errorOf(one, values);
  return error === '' ? figure(one, mean(values)) : `${figure(one, mean(values))} ± ${error}`;
}

function percentText(qualities: readonly number[]): string {
  if (qualities.length === 0) return '';
  const values = qualities.map((quality) => 100 * quality);
  const error = standardError(values);
  return mean(values).toFixed(1) + (error === null ? '' : ` ± ${error.toFixed(1)}`);
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]) => markdownTable(head, rows).join('\n');
