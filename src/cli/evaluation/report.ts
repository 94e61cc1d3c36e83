/** An evaluation as Markdown: which targets were met, how accurate the networks are, how long it took. It shows plain counts and means. */
import { markdownTable, wrapMarkdown } from '../../core/markdown';
import type { Targets } from '../../core/cost/metrics';
import type { Preset } from '../../core/config/searchConfig';
import { percent } from '../../core/words';
import type { Cell } from './grid';
import { classicLevels, classicStrengths, levels, methods, randomSeeds, seedKey, timedLevels } from './grid';
import { resultsText } from '../../core/runs/resultsVersion';
import type { Found, Outcome, SeedNetwork } from './trainings';

export interface Evaluation {
  /** Version of the searches' results; missing in files from before versions existed. */
  readonly resultsVersion?: number;
  readonly data: { readonly name: string; readonly synthetic: boolean; readonly train: number; readonly test: number };
  readonly machine: string;
  readonly classes: number;
  /** The settings of all searches. */
  readonly preset: Preset;
  readonly cells: Record<string, { readonly cell: Cell; readonly outcome: Outcome }>;
  /** By `seedKey`. */
  readonly seedNetworks: Record<string, SeedNetwork>;
  /** Classic searches by levels and random seed: strengths tried in order, until both targets held. */
  readonly classic: Record<string, readonly { readonly strength: number; readonly outcome: Outcome }[]>;
}

export function evaluationPage(evaluation: Evaluation): string {
  const { data, machine } = evaluation;
  const pairs = pairMeans(evaluation);
  const done = Object.values(evaluation.cells);
  const of = (status: Outcome['status']) => done.filter(({ outcome }) => outcome.status === status).length;
  return wrapMarkdown(`# Evaluation

This page shows whether searches over a grid of targets meet them, how accurate the networks are that they find, and how long they
take. \`npm run -s evaluate\` makes it and goes on where it stopped. Data: ${data.name}${data.synthetic ? ' (synthetic)' : ''}, ${data.train} training and ${data.test} test pictures; preset
quick; device GAP8. Timed on: ${machine}.

${resultsText(evaluation.resultsVersion)}

${done.length === gridSize ? `All ${gridSize} searches` : `${done.length} of ${gridSize} searches so far`}: ${of('met')} met every target, ${of('missed')} missed one, ${of('infeasible')} were told before training that no network fits, ${of('cannot')} after
it. Targets lie at 0, 15, 30, 50 and 75 % of the way from the least that the space reaches to the seed network's value.

Each method has its space, and its targets lie in that. The [other tasks](evaluation-tasks.md) have a page of their own.

## By the tighter target

Final accuracy of all searches that met their targets, by the lower of their two levels: how far it is from the least that the space reaches.

${tightnessTable(evaluation)}

${methods.map((method) => methodTable(evaluation, method)).join('\n\n')}

## What did not work

${failures(evaluation)}

The least accurate of those that met their targets:

${worst(evaluation)}

More than ${SPOILT} points worse than under tighter targets, in the mean over random seeds:

${spoilt(pairs)}

More than ${SPOILT} points worse by supernet+pit than by pit alone at the same levels:

${worseTogether(pairs)}

## Time

${timeTable(evaluation)}

## One search against classic search

Classic search has one strength for the sum of all costs and no targets; a person tries strengths until the network that comes out happens to fit. Here the strength
starts at 0.05 and doubles. Ours takes the targets themselves, once.

${classicTable(evaluation)}
`);
}

function methodTable({ cells, seedNetworks }: Evaluation, method: Cell['method']): string {
  const own = Object.values(cells).filter(({ cell }) => cell.method === method);
  const rows = levels.flatMap((memory) =>
    levels.flatMap((latency) => {
      const here = own.filter(({ cell }) => cell.memory === memory && cell.latency === latency);
      const first = here[0];
      if (!first) return [];
      const { flashBytes, latencyMs } = first.cell.targets as Required<Pick<Targets, 'flashBytes' | 'latencyMs'>>;
      const targets = `${(flashBytes / 1000).toFixed(2)} kB, ${latencyMs.toFixed(3)} ms`;
      const held = here.filter(isMet);
      const told = here.filter(({ outcome }) => outcome.status === 'infeasible');
      const verdict = told.length === here.length ? 'cannot, told before' : `${held.length} of ${here.length}`;
      const quality = (which: 'derived' | 'final') => meanText(held.map(({ outcome }) => 100 * outcome.quality[which]));
      return [[targets, verdict, held.length ? quality('derived') : '', held.length ? quality('final') : '']];
    }),
  );
  const body = rows.length > 0 ? rows : [['not run yet', '', '', '']];
  const seeds = seedsFor(method, seedNetworks).map(({ quality }) => 100 * quality);
  const beside = `The seed network, trained for as many epochs in the same phases: ${seeds.length > 0 ? `${meanText(seeds)} %` : 'not trained yet'}.`;
  return `## Method ${method}\n\n${beside}\n\n${table(['targets', 'met', 'before fine-tuning, %', 'final, %'], body)}`;
}

function tightnessTable({ cells }: Evaluation): string {
  const rows = levels.map((level) => {
    const values = methods.map((method) => {
      const here = Object.values(cells)
        .filter(isMet)
        .filter(({ cell }) => cell.method === method && Math.min(cell.memory, cell.latency) === level);
      return here.length > 0 ? `${meanText(here.map(finalPercent))} (${here.length})` : '';
    });
    return [`${level * 100} %`, ...values];
  });
  return table(['lower level', ...methods.map((method) => `${method}, % (searches)`)], rows);
}

/** Searches that missed a target or failed, and those whose network fits but has learnt next to nothing. */
function failures({ cells, classes }: Evaluation): string {
  const all = Object.values(cells);
  const broken = all.filter(({ outcome }) => outcome.status === 'missed' || outcome.status === 'cannot');
  const met = all.filter(isMet);
  const near = (2 * 100) / classes;
  const guesses = methods.map((method) => {
    const own = met.filter(({ cell }) => cell.method === method);
    const poor = own.filter((each) => finalPercent(each) < near);
    const tight = poor.filter(({ cell }) => Math.min(cell.memory, cell.latency) === 0);
    return `- ${method}: ${poor.length} of ${own.length} found networks are right in fewer than ${near} % of the pictures, twice as often as guessing; ${tight.length} of them with a target at the least that the space reaches.`;
  });
  return [
    ...broken.map(({ cell, outcome }) => `- ${place(cell)}: ${'reason' in outcome ? outcome.reason : 'a target was missed'}`),
    ...guesses,
  ].join('\n');
}

function worst({ cells }: Evaluation): string {
  return Object.values(cells)
    .filter(isMet)
    .toSorted((a, b) => finalPercent(a) - finalPercent(b))
    .slice(0, WORST)
    .map((found) => `- ${place(found.cell)}: ${finalPercent(found).toFixed(1)} %`)
    .join('\n');
}

/** Mean final accuracy of a method's searches at a pair of targets that met them, in percent. */
interface PairMean {
  readonly method: Cell['method'];
  readonly memory: number;
  readonly latency: number;
  readonly quality: number;
}

function pairMeans({ cells }: Evaluation): PairMean[] {
  return methods.flatMap((method) =>
    levels.flatMap((memory) =>
      levels.flatMap((latency) => {
        const met = Object.values(cells)
          .filter(isMet)
          .filter(({ cell }) => cell.method === method && cell.memory === memory && cell.latency === latency);
        return met.length > 0 ? [{ method, memory, latency, quality: mean(met.map(finalPercent)) }] : [];
      }),
    ),
  );
}

const atLevels = ({ memory, latency }: PairMean) => `levels ${memory} and ${latency}`;
const listed = (lines: readonly string[]) => (lines.length > 0 ? lines.join('\n') : 'None.');

/** Pairs of targets with a worse network than a tighter pair, although the tighter pair's network would have met them too. */
function spoilt(pairs: readonly PairMean[]): string {
  return listed(
    pairs.flatMap((own) => {
      const tighter = pairs.filter(
        ({ method, memory, latency }) => method === own.method && memory <= own.memory && latency <= own.latency,
      );
      const best = tighter.reduce((a, b) => (b.quality > a.quality ? b : a));
      if (best.quality - own.quality <= SPOILT) return [];
      return [`- ${own.method} at ${atLevels(own)}: ${own.quality.toFixed(1)} %, and ${best.quality.toFixed(1)} % at ${atLevels(best)}`];
    }),
  );
}

/** Pairs at which both searches in a row end worse than the second one alone, which has fewer epochs. */
function worseTogether(pairs: readonly PairMean[]): string {
  return listed(
    pairs.flatMap((own) => {
      const alone = pairs.find(({ method, memory, latency }) => method === 'pit' && memory === own.memory && latency === own.latency);
      if (own.method !== 'supernet+pit' || !alone || alone.quality - own.quality <= SPOILT) return [];
      return [`- ${atLevels(own)}: ${own.quality.toFixed(1)} %, and ${alone.quality.toFixed(1)} % by pit`];
    }),
  );
}

const place = ({ method, memory, latency, randomSeed }: Cell) => `${method} at levels ${memory} and ${latency}, random seed ${randomSeed}`;
const finalPercent = ({ outcome }: { readonly outcome: Found }) => 100 * outcome.quality.final;

/** A search that met its targets. */
interface Met {
  readonly cell: Cell;
  readonly outcome: Found;
}

const isMet = (done: { readonly cell: Cell; readonly outcome: Outcome }): done is Met => done.outcome.status === 'met';

/** How long a method's timed searches took, and the seed network's training for as many epochs: medians in milliseconds. */
interface SearchTimes {
  /** Step of each stage. */
  readonly steps: readonly number[];
  readonly whole: number;
  /** Times of the single searches, in rising order. */
  readonly wholes: readonly number[];
  readonly plainStep: number;
  readonly plainWhole: number;
}

/** Null when none has been timed. */
export function searchTimes({ cells, seedNetworks }: Evaluation, method: Cell['method']): SearchTimes | null {
  const met = Object.values(cells)
    .filter(isMet)
    .filter(({ cell }) => cell.method === method && cell.memory === timedLevels[0] && cell.latency === timedLevels[1]);
  const seeds = seedsFor(method, seedNetworks);
  if (met.length === 0 || seeds.length === 0) return null;
  return {
    steps: (['search', 'masks'] as const).flatMap((phase) => {
      const times = met.flatMap(({ outcome }) => outcome.stepMs[phase] ?? []);
      return times.length > 0 ? [median(times)] : [];
    }),
    whole: median(met.map(({ outcome }) => outcome.totalMs)),
    wholes: met.map(({ outcome }) => outcome.totalMs).toSorted((a, b) => a - b),
    plainStep: median(seeds.map(({ stepMs }) => stepMs)),
    plainWhole: median(seeds.map(({ totalMs }) => totalMs)),
  };
}

function timeTable(evaluation: Evaluation): string {
  const rows = methods.flatMap((method) => {
    const times = searchTimes(evaluation, method);
    if (!times) return [];
    const { steps, whole, wholes, plainStep, plainWhole } = times;
    const seconds = [wholes[0] as number, wholes.at(-1) as number].map((ms) => (ms / 1000).toFixed(0));
    const perStep = [steps.map((step) => step.toFixed(0)).join(', then '), plainStep.toFixed(0)];
    const ratios = steps.map((step) => (step / plainStep).toFixed(2)).join(', then ');
    const inAll = [
      `${(whole / 1000).toFixed(0)} (${seconds.join(' to ')})`,
      (plainWhole / 1000).toFixed(0),
      (whole / plainWhole).toFixed(2),
    ];
    return [[method, ...perStep, ratios, ...inAll]];
  });
  return [
    'Of searches half-way to the costs of the seed network, and of plain training of the seed network for as many epochs: medians over random',
    'seeds. These had the machine to themselves; all others ran side by side, on one thread each.',
    '',
    table(['method', 'search step, ms', 'plain step, ms', 'epoch / epoch', 'whole search, s', 'plain training, s', 'whole / whole'], rows),
  ].join('\n');
}

const seedsFor = (method: Cell['method'], seedNetworks: Evaluation['seedNetworks']): SeedNetwork[] =>
  randomSeeds.flatMap((randomSeed) => seedNetworks[seedKey(method, randomSeed)] ?? []);

function classicTable({ classic, cells }: Evaluation): string {
  const rows = Object.entries(classic)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, runs]) => {
      const last = runs.at(-1);
      const ours = cells[`supernet ${key}`]?.outcome;
      const oursText = ours ? oursIn(ours) : 'not run yet';
      const theirs =
        last?.outcome.status === 'met'
          ? `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${percent(last.outcome.quality.final)}`
          : unmet(runs.length);
      return [key, oursText, theirs, runs.map(({ strength }) => strength).join(', ')];
    });
  const body = rows.length > 0 ? rows : [[classicLevels.map(([a, b]) => `${a} ${b}`).join('; '), 'not run yet', '', '']];
  const counts = Object.values(classic).flatMap((runs) => (runs.at(-1)?.outcome.status === 'met' ? [runs.length] : []));
  const summary = counts.length > 0 ? ['', `Runs until both targets held: 1 against ${meanText(counts)}.`] : [];
  return [table(['levels and random seed', 'ours', 'classic', 'strengths tried'], body), ...summary].join('\n');
}

const oursIn = (outcome: Outcome) => ('quality' in outcome ? `1 run, ${percent(outcome.quality.final)}` : 'cannot');
const unmet = (runs: number) => (runs < classicStrengths.length ? `not in ${runs} runs so far` : `not within ${runs} runs`);

const table = (head: readonly string[], rows: readonly (readonly string[])[]) => markdownTable(head, rows).join('\n');

/** A difference in accuracy, in percentage points, that random seeds do not explain. */
const SPOILT = 5;
const WORST = 6;
const gridSize = levels.length ** 2 * methods.length * randomSeeds.length;

/** Needs at least one value, as the median does. */
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** Mean and, from two values on, the standard deviation. */
function meanText(values: readonly number[]): string {
  const centre = mean(values);
  if (values.length < 2) return centre.toFixed(1);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
  return `${centre.toFixed(1)} ± ${spread.toFixed(1)}`;
}
