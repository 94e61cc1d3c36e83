/** Searches at length: what they take off the seed network, and what that costs in quality. */
import type { DeviceChoice } from '../../core/cost/devices/index';
import type { Costs, MetricId, Targets } from '../../core/cost/metrics';
import { leastText, metricText, metricTexts } from '../../core/cost/metricTexts';
import type { SearchConfig } from '../../core/config/searchConfig';
import { WorkbenchError } from '../../core/errors';
import { markdownTable, wrapMarkdown } from '../../core/markdown';
import type { RunFile, RunResult } from '../../core/runs/runFile';
import { shortfall } from '../../core/search/constraints/reach';
import { searchSpace } from '../../core/search/space';
import { searchesOf, strategyFor } from '../../core/strategies/index';
import { percent, signedPercent } from '../../core/words';

/** A network counts as no worse than the seed network if it misses this much accuracy at most. */
const NOT_WORSE = 0.01;

/** What the paper takes off the network of visual wake words at accuracy that is not worse. Source: arXiv 2310.07217, abstract. */
const PAPER = { memory: -0.874, latency: -0.542 } as const;

/** What is kept of searches at length, all of them on the same examples with the same epochs. */
export interface Headline {
  readonly data: {
    readonly name: string;
    readonly classes: number;
    readonly trainCount: number;
    readonly testCount: number;
    readonly fingerprint: string | null;
  };
  readonly device: DeviceChoice;
  readonly epochs: SearchConfig['epochs'];
  readonly randomSeed: number;
  /** Trained for as many epochs as each search. */
  readonly seedNetwork: Measured;
  readonly searches: readonly HeadlineSearch[];
}

interface Measured {
  /** Bytes of flash memory. */
  readonly memory: number;
  /** Milliseconds. */
  readonly latency: number;
  /** Share of the test pictures, 0 to 1. */
  readonly accuracy: number;
}

export interface HeadlineSearch extends Measured {
  readonly method: string;
  readonly targets: Targets;
}

/**
 * Adds run files to what is kept. A search of the same method for the same targets replaces the earlier one.
 * @param kept from earlier run files; null at first, when one of the files must have trained the seed network too
 * @throws WorkbenchError `invalid-data` if no file has a seed network, or examples, device, epochs or random seeds differ
 */
export function headlineOf(files: readonly RunFile[], kept: Headline | null): Headline {
  const runs = files.filter((file): file is Run => file.result !== null);
  const withSeed = runs.find(({ result }) => result.quality.seedNetwork !== undefined);
  const headline = withSeed ? { ...settingsOf(withSeed), seedNetwork: seedOf(withSeed) } : kept;
  if (!headline) throw new WorkbenchError('invalid-data', 'None of these run files has a seed network: search once with --seed-network.');
  const settings = ({ data, device, epochs, randomSeed }: Settings) => JSON.stringify([data, device, epochs, randomSeed]);
  const other = [...(kept ? [kept] : []), ...runs.map(settingsOf)].find((run) => settings(run) !== settings(headline));
  if (other)
    throw new WorkbenchError(
      'invalid-data',
      `Run files of ${headline.data.name} do not compare with others of ${other.data.name} that differ in examples, device, epochs or random seed.`,
    );
  const keyOf = ({ method, targets }: HeadlineSearch) => JSON.stringify([method, targets]);
  const searches = new Map([...(kept?.searches ?? []), ...runs.map(searchOf)].map((search) => [keyOf(search), search]));
  return { ...headline, searches: [...searches.values()] };
}

type Run = RunFile & { readonly result: RunResult };
type Settings = Pick<Headline, 'data' | 'device' | 'epochs' | 'randomSeed'>;

function settingsOf({ config, dataFingerprint }: Run): Settings {
  const { data, device, epochs, randomSeed } = config;
  return {
    data: {
      name: data.name,
      classes: data.classNames.length,
      trainCount: data.trainCount,
      testCount: data.testCount,
      fingerprint: dataFingerprint,
    },
    device,
    epochs,
    randomSeed,
  };
}

const measured = (costs: Costs, accuracy: number): Measured => ({
  memory: costs.flashBytes as number,
  latency: costs.latencyMs as number,
  accuracy,
});

const seedOf = ({ result: { costs, quality } }: Run) => measured(costs.seedNetwork, quality.seedNetwork as number);

function searchOf({ config: { method, targets }, result: { costs, quality } }: Run): HeadlineSearch {
  return { method, targets, ...measured(costs.final, quality.final) };
}

/** The page of what is kept. */
export function headlinePage(headline: Headline): string {
  const { data, device, epochs, randomSeed, seedNetwork: seed, searches } = headline;
  const rows = searches
    .map((search) => ({ ...search, ofMemory: search.memory / seed.memory - 1, ofLatency: search.latency / seed.latency - 1 }))
    .toSorted((a, b) => a.method.localeCompare(b.method) || (b.targets.flashBytes ?? Infinity) - (a.targets.flashBytes ?? Infinity));
  const asGood = rows.filter(({ accuracy }) => accuracy >= seed.accuracy - NOT_WORSE);
  const { warmup, search, finetune } = epochs;
  const table = markdownTable(
    ['method', 'asked', 'memory', 'of the seed', 'latency', 'of the seed', 'accuracy', 'beside the seed'],
    rows.map(({ method, targets, memory, ofMemory, latency, ofLatency, accuracy }) => [
      method,
      targetsText(targets),
      metricText('flashBytes', memory),
      signedPercent(ofMemory, 1),
      metricText('latencyMs', latency),
      signedPercent(ofLatency, 1),
      percent(accuracy),
      `${accuracy < seed.accuracy ? '−' : '+'}${Math.abs(100 * (accuracy - seed.accuracy)).toFixed(1)} points`,
    ]),
  );
  const best = asGood.toSorted((a, b) => a.ofMemory + a.ofLatency - b.ofMemory - b.ofLatency)[0];
  const claim = best
    ? `The largest reductions at an accuracy within one point of the seed network's: ${signedPercent(best.ofMemory, 1)} of memory and ${signedPercent(best.ofLatency, 1)} of latency, by ${best.method}.`
    : 'No network here is within one point of the seed network.';
  return wrapMarkdown(`# Searches at length

This page shows what searches with the paper's settings take off a network, on real pictures and at length. It is made by \`npm run -s evaluate -- --headline FOLDER\` from the run files in a folder, each written by a search with \`--preset=paper\`, \`--epochs=${warmup},${search},${finetune}\`, targets, \`--checkpoint\` and \`--out\`, one of them with \`--seed-network\`. Searches that an earlier folder held stay on the page.

## Results

${data.trainCount.toLocaleString('en')} training and ${data.testCount.toLocaleString('en')} test pictures of ${data.name}, device ${typeof device === 'string' ? device : device.name}, epochs ${warmup},${search},${finetune}. The seed network, trained for as many epochs, is right in ${percent(seed.accuracy)} of the test pictures.

${[...table, '', ...outOfReach(headline)].join('\n')}
${claim} The paper reports ${signedPercent(PAPER.memory, 1)} of memory and ${signedPercent(PAPER.latency, 1)} of latency at accuracy that is not worse, its best of five benchmarks (visual wake words, on COCO).

## What was shortened

The paper trains each phase of this benchmark for 500 epochs on all 50,000 pictures of CIFAR-10. Each search was run once, with random seed ${randomSeed}; on ${data.testCount.toLocaleString('en')} test pictures an accuracy has a standard error of about ${(100 * Math.sqrt((seed.accuracy * (1 - seed.accuracy)) / data.testCount)).toFixed(1)} points.
`);
}

const targetsText = (targets: Targets) =>
  (Object.entries(targets) as [MetricId, number][]).map(([metric, most]) => metricText(metric, most)).join(', ');

/** A line for each strategy and targets of another one that no network of its space meets. */
function outOfReach({ data, device, searches }: Headline): string[] {
  const methods = new Set(searches.map(({ method }) => method));
  return [...methods].flatMap((method) => {
    const space = { task: 'ic', space: 'any' } as const;
    const { table } = searchSpace({ task: 'ic', device, searches: searchesOf(strategyFor(method), space) }, data.classes);
    const lines = searches.flatMap(({ targets }) => {
      const beyond = shortfall(table, targets)?.filter(({ target, minimum }) => target < minimum);
      return beyond?.length
        ? [
            `No network that ${method} searches has ${targetsText(targets)}: ${beyond.map(({ metric, minimum }) => `${metricTexts[metric].word} is ${leastText(metric, minimum)} at least`).join(', ')}.\n`,
          ]
        : [];
    });
    return [...new Set(lines)];
  });
}
