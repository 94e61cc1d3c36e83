/** What is trained, in which order, and what the page says of it, with trainings that train nothing. */
import { describe, expect, it } from 'vitest';
import { imageClassification } from '../../../core/tasks/imageClassification';
import { RESULTS_VERSION } from '../../../core/runs/resultsVersion';
import { budgets } from './budgets';
import { baselinesPage } from './page';
import { chosenPairs, MOST_PAIRS } from './pairs';
import { contestants } from './contestants';
import { partKey, scratchKey, type Goal, type Part } from './results';
import type { Job, JobOutcome } from './job';
import { largestOnAverage, randomNetworks, readyJobs, spacesFor } from './schedule';

const spaces = spacesFor(10);
const small: Goal = { methods: ['pit', 'random', 'largest'], pairs: 2, seeds: 2, random: 4 };

function emptyPart(goal: Goal): Part {
  const { usual: _, ...budget } = budgets.find(({ name }) => name === 'tiny') as (typeof budgets)[number];
  return {
    budget,
    data: { name: 'Pictures', synthetic: true, train: 80, test: 20 },
    classes: 10,
    preset: imageClassification.presets.quick,
    machine: 'a test',
    goal,
    jobs: {},
  };
}

/**
 * A search finds the network with most parameters, right in 60 %, with twice the work of the seed network. From scratch the seed
 * network is right in 90 %, the network that is found in 80 %, and all others in 40 %.
 */
function pretended(job: Job): JobOutcome {
  const networks = spaces.of(job);
  if (job.kind === 'search') {
    const network = networks.largest(job.settings.targets)[0]?.network as string;
    return { network, quality: job.settings.method === 'largest' ? 0.7 : 0.6, work: 6, ms: 20, met: true };
  }
  const pairs = chosenPairs(MOST_PAIRS).map((pair) => networks.largest(pair.targets(networks.space))[0]?.network);
  const quality = job.network === networks.seed ? 0.9 : pairs.includes(job.network) ? 0.8 : 0.4;
  return { network: job.network, quality, work: 3, ms: 10 };
}

/** The keys of what was trained, in order. */
function train(part: Part, most = Infinity, outcome = pretended) {
  const keys: string[] = [];
  for (;;) {
    const [next] = readyJobs(part, spaces);
    if (!next || keys.length >= most) return keys;
    const [key, job] = next;
    part.jobs[key] = outcome(job);
    keys.push(key);
  }
}

const pageOf = (part: Part) => baselinesPage({ resultsVersion: RESULTS_VERSION, parts: { [partKey(part)]: part } });

it('compares with the largest network that is best on average, not with the luck of each random seed', () => {
  const part = emptyPart(small);
  const [contestant, pair] = [contestants(['pit'])[0], chosenPairs(2)[0]];
  if (!contestant || !pair) throw new Error('nothing to compare');
  const targets = spaces.targets(contestant, pair);
  const keep = (randomSeed: number, ...qualities: number[]) => {
    for (const [at, { network }] of spaces.of(contestant).largest(targets).entries())
      part.jobs[scratchKey(network, contestant, randomSeed)] = { network, quality: qualities[at] as number, work: 1, ms: 1 };
  };
  expect(spaces.of(contestant).largest(targets)).toHaveLength(2);
  expect(largestOnAverage(part, spaces, contestant, targets)).toBeNull();
  keep(1, 0.5, 0.6);
  expect(largestOnAverage(part, spaces, contestant, targets)).toBe(spaces.of(contestant).largest(targets)[1]?.network);
  keep(2, 0.7, 0.5);
  expect(largestOnAverage(part, spaces, contestant, targets)).toBe(spaces.of(contestant).largest(targets)[0]?.network);
});

describe('the order of trainings', () => {
  it('has every strategy at every pair once before the first share of random networks, then the next random seed', () => {
    const keys = train(emptyPart(small));
    expect(new Set(keys).size).toBe(keys.length);
    const searched = keys.filter((key) => key.startsWith('search')).map((key) => key.slice(-1));
    // Five strategies and spaces, two pairs, two random seeds.
    expect(searched.join('')).toBe('1'.repeat(10) + '2'.repeat(10));
    const lastOfFirst = keys.findLastIndex((key) => key.startsWith('search') && key.endsWith('seed 1'));
    const firstOfSecond = keys.findIndex((key) => key.startsWith('search') && key.endsWith('seed 2'));
    expect(keys.slice(lastOfFirst, firstOfSecond).filter((key) => key.startsWith('scratch')).length).toBeGreaterThan(4);
  });

  it('trains no random network again for one more random seed', () => {
    const part = emptyPart(small);
    train(part);
    const [searches, pairs] = [contestants(small.methods), chosenPairs(small.pairs)];
    const drawn = searches.flatMap((contestant) =>
      pairs.flatMap((pair) =>
        randomNetworks({ ...part, goal: { ...small, seeds: 5 } }, spaces, contestant, pair).map((one) => ({ contestant, ...one })),
      ),
    );
    expect(drawn.length).toBeGreaterThan(0);
    for (const { contestant, network, randomSeed } of drawn)
      expect(part.jobs).toHaveProperty([scratchKey(network, contestant, randomSeed)]);
  });

  it('stops after so many, and goes on with what is missing', () => {
    const part = emptyPart(small);
    expect(train(part, 5)).toHaveLength(5);
    const rest = train(part);
    const whole = train(emptyPart(small));
    expect(Object.keys(part.jobs).toSorted()).toEqual(whole.toSorted());
    expect(rest).toHaveLength(whole.length - 5);
    expect(train(part)).toEqual([]);
  });

  it('trains nothing beside a search that found no network', () => {
    const part = emptyPart({ ...small, methods: ['pit'], pairs: 1, seeds: 1 });
    train(part, 1, () => ({ failed: 'diverged', reason: 'The loss became infinite.', ms: 5 }));
    expect(Object.keys(part.jobs)).toEqual(['search: pit, 40 kB, 6 ms, seed 1']);
    expect(pageOf(part)).toContain('- search: pit, 40 kB, 6 ms, seed 1: The loss became infinite.');
  });
});

describe('the page of a comparison', () => {
  it('has the figures that the trainings say, and names losses', () => {
    const part = emptyPart({ ...small, methods: ['pit', 'largest'] });
    train(part);
    const page = pageOf(part);
    const row = (what: string, strategy: string) =>
      page
        .split('\n')
        .slice(page.split('\n').findIndex((line) => line.startsWith(`| ${what} `)))
        .find((line) => line.includes(`| ${strategy} `))
        ?.split('|')
        .slice(3, -1)
        .map((cell) => cell.trim());
    expect(row('architecture', 'pit')).toEqual(['+0.0', '0.0', '2 × 2', '40 kB, 6 ms: +0.0']);
    expect(row('percentile', 'pit')).toEqual(['100 %', '0', '2 × 2', '40 kB, 6 ms: 100 %']);
    expect(row('result', 'pit')).toEqual(['−20.0', '0.0', '2 × 2', '40 kB, 6 ms: −20.0']);
    expect(row('result at equal work', 'pit')).toEqual(['−10.0', '0.0', '2 × 2', '40 kB, 6 ms: −10.0']);
    expect(row('result at 75 %', 'pit')).toEqual(['−30.0', '0.0', '1 × 2', '75 %: −30.0']);
    expect(row('targets met', 'pit')).toEqual(['100 %', '0', '2 × 2', '40 kB, 6 ms: 100 %']);
    expect(row('work', 'pit')).toEqual(['2.00 ×', '0.00', '2 × 2', '40 kB, 6 ms: 2.00 ×']);
    expect(page).toMatch(/\| 75 % +\| 60\.0 ± 0\.0 +\| 70\.0 ± 0\.0 +\| 80\.0 ± 0\.0 +\| 40\.0 +\| 40\.0 +\| 4 +\| 90\.0 ± 0\.0 +\|/);
    expect(page).toContain('- result of pit: 40 kB, 6 ms (−20.0 ± 0.0); 75 % (−20.0 ± 0.0)');
    expect(page).toContain('It is complete: 12 of 12 searches');
    expect(page).not.toMatch(/NaN|undefined|null/);
  });

  it('says how far it got, wherever it stops', () => {
    const part = emptyPart(small);
    for (let most = 1; most < 40; most += 6) {
      train(part, most);
      expect(pageOf(part)).not.toMatch(/NaN|undefined|null/);
    }
    expect(pageOf(emptyPart(small))).toContain('It is not complete: 0 of 20 searches');
  });
});
