/** The page about searches at length: what they take off the seed network, and what that costs in quality. */
import { metricText } from '../../core/cost/metricTexts';
import { WorkbenchError } from '../../core/errors';
import { markdownTable, wrapMarkdown } from '../../core/markdown';
import type { RunFile, RunResult } from '../../core/runs/runFile';
import { percent, signedPercent } from '../../core/words';

/** A network counts as no worse than the seed network if it misses this much accuracy at most. */
const NOT_WORSE = 0.01;

/** What the paper takes off the network of visual wake words at accuracy that is not worse. Source: arXiv 2310.07217, abstract. */
const PAPER = { memory: -0.874, latency: -0.542 } as const;

type Run = RunFile & { readonly result: RunResult };

/**
 * @param files of searches on the same examples; at least one has trained the seed network too
 * @throws WorkbenchError `invalid-data` if none has, or examples differ
 */
export function headlinePage(files: readonly RunFile[]): string {
  const runs = files.filter((file): file is Run => file.result !== null);
  const withSeed = runs.find(({ result }) => result.quality.seedNetwork !== undefined);
  if (!withSeed) throw new WorkbenchError('invalid-data', 'None of these run files has a seed network: search once with --seed-network.');
  const other = runs.find(({ dataFingerprint }) => dataFingerprint !== withSeed.dataFingerprint);
  if (other) throw new WorkbenchError('invalid-data', `Run files of ${withSeed.config.data.name} and of other examples do not compare.`);
  const seed = withSeed.result.quality.seedNetwork as number;
  const rows = runs
    .map((run) => ({ run, ...changeOf(run) }))
    .toSorted((a, b) => a.run.config.method.localeCompare(b.run.config.method) || b.memory - a.memory);
  const asGood = rows.filter(({ run }) => run.result.quality.final >= seed - NOT_WORSE);
  const { data, device, epochs } = withSeed.config;
  const { warmup, search, finetune } = epochs;
  const table = markdownTable(
    ['method', 'memory', 'of the seed', 'latency', 'of the seed', 'accuracy', 'beside the seed'],
    rows.map(({ run, memory, latency }) => {
      const { costs, quality } = run.result;
      return [
        run.config.method,
        metricText('flashBytes', costs.final.flashBytes as number),
        signedPercent(memory, 1),
        metricText('latencyMs', costs.final.latencyMs as number),
        signedPercent(latency, 1),
        percent(quality.final),
        `${quality.final < seed ? '−' : '+'}${Math.abs(100 * (quality.final - seed)).toFixed(1)} points`,
      ];
    }),
  );
  const best = asGood.toSorted((a, b) => a.memory + a.latency - b.memory - b.latency)[0];
  const claim = best
    ? `The largest reductions at an accuracy within one point of the seed network's: ${signedPercent(best.memory, 1)} of memory and ${signedPercent(best.latency, 1)} of latency, by ${best.run.config.method}.`
    : 'No network here is within one point of the seed network.';
  return wrapMarkdown(`# Searches at length

This page shows what searches with the paper's settings take off a network, on real pictures and at length. It is made by \`npm run -s evaluate -- --headline FOLDER\` from the run files in a folder, each written by a search with \`--preset=paper\`, \`--epochs=60,60,60\`, targets, \`--checkpoint\` and \`--out\`, one of them with \`--seed-network\`.

## Results

${data.trainCount.toLocaleString('en')} training and ${data.testCount.toLocaleString('en')} test pictures of ${data.name}, device ${typeof device === 'string' ? device : device.name}, epochs ${warmup},${search},${finetune}. The seed network, trained for as many epochs, is right in ${percent(seed)} of the test pictures.

${table.join('\n')}

${claim} The paper reports ${signedPercent(PAPER.memory, 1)} of memory and ${signedPercent(PAPER.latency, 1)} of latency at accuracy that is not worse, its best of five benchmarks (visual wake words, on COCO).

## What was shortened

The paper trains each phase of this benchmark for 500 epochs on all 50,000 pictures of CIFAR-10. Each search was run once, with random seed ${withSeed.config.randomSeed}; on ${data.testCount.toLocaleString('en')} test pictures an accuracy has a standard error of about ${(100 * Math.sqrt((seed * (1 - seed)) / data.testCount)).toFixed(1)} points.
`);
}

/** Relative changes of costs from the seed network's. */
function changeOf({ result: { costs } }: Run): { readonly memory: number; readonly latency: number } {
  const share = (metric: 'flashBytes' | 'latencyMs') => (costs.final[metric] as number) / (costs.seedNetwork[metric] as number) - 1;
  return { memory: share('flashBytes'), latency: share('latencyMs') };
}
