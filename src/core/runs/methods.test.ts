import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { metricValues, runToEnd, smallSearch, timeless } from '../../../tests/support/search';
import { difference, readAll } from '../../../tests/support/training';
import { parseNetwork } from '../network/network';
import { planNetwork } from '../network/plan';
import { imageClassification } from '../tasks/imageClassification';
import { smallestReachable } from '../search/constraints/reach';
import { networkCosts } from '../cost/costTable';
import { deviceOf } from '../cost/devices/index';
import { metricFor, type Targets } from '../cost/metrics';
import type { SearchEvent, SearchResult } from '../search/events';
import { finalStrength } from '../search/constraints/penalty';
import { strategies } from '../strategies/index';

const last = <Kind extends SearchEvent['kind']>(events: readonly SearchEvent[], kind: Kind) =>
  events.findLast((event) => event.kind === kind) as Extract<SearchEvent, { kind: Kind }>;
const phasesOf = (events: readonly SearchEvent[]) => events.flatMap((event) => (event.kind === 'phase' ? [event.phase] : []));
const strengthsIn = (events: readonly SearchEvent[]) =>
  events.flatMap((event) => (event.kind === 'targets' && event.strengths ? Object.values(event.strengths) : []));
/** A value per step of a phase. */
function column(events: readonly SearchEvent[], phase: string, name: string): number[] {
  const names = events.find((event) => event.kind === 'phase' && event.phase === phase);
  if (names?.kind !== 'phase') throw new Error(`no phase ${phase}`);
  const at = names.metricNames.indexOf(name);
  return events.flatMap((event) =>
    event.kind === 'metrics' && event.phase === phase
      ? [...event.values].filter((_, index) => index % names.metricNames.length === at)
      : [],
  );
}

/** Asserts that a result reports for each target the network's own cost, and that the target is met. */
function expectKept({ network, constraints }: SearchResult, device: string, targets: Targets): void {
  expect(Object.fromEntries(constraints.map(({ metric, target }) => [metric, target]))).toEqual(targets);
  const plan = planNetwork(parseNetwork(JSON.parse(JSON.stringify(network))));
  for (const { metric, value, target, met } of constraints) {
    expect(networkCosts(plan, [metricFor(metric, deviceOf(device))])).toEqual([value]);
    expect(value).toBeLessThanOrEqual(target);
    expect(met).toBe(true);
  }
}

/** Strategies with gradients; strategies/trials.test.ts has the others. */
const methods = strategies.filter(({ gradients }) => gradients).map(({ id }) => id);

describe('a search over candidates at temperatures as far as they go', () => {
  beforeAll(() => useBackend('wasm'));

  it.each([1e-30, 100].flatMap((temperature) => [false, true].map((hard) => [temperature, hard ? 'hard' : 'soft'] as const)))(
    '%s, %s mixing with Gumbel noise, has finite numbers and meets its targets',
    async (temperature, mixing) => {
      const { search } = smallSearch({
        temperature: { start: temperature, end: temperature },
        sampling: { noise: 'gumbel', hard: mixing === 'hard' },
        epochs: { warmup: 0, search: 2, finetune: 0 },
      });
      const events = await runToEnd(search);
      search.dispose();
      for (const event of events) if (event.kind === 'metrics') expect([...event.values].every(Number.isFinite)).toBe(true);
      expectKept(last(events, 'result').result, 'gap8', { flashBytes: 40_000, latencyMs: 6 });
    },
  );
});

describe.each(methods)('a search by %s', (method) => {
  beforeAll(() => useBackend('wasm'));

  it('ends in a network that meets every target, number for number again from the same seed, and frees what it took', async () => {
    const before = memory().numTensors;
    const runs: SearchEvent[][] = [];
    const counts: Record<string, Set<number>> = {};
    for (let round = 0; round < 2; round++) {
      const { search } = smallSearch({ method });
      const watch = (event: SearchEvent) => {
        if (round === 0 && event.kind === 'step' && event.stepInEpoch > 1) (counts[event.phase] ??= new Set()).add(memory().numTensors);
      };
      runs.push(await runToEnd(search, watch));
      search.dispose();
      expect(memory().numTensors).toBe(before);
    }
    const [first, second] = runs as [SearchEvent[], SearchEvent[]];
    expectKept(last(first, 'result').result, 'gap8', { flashBytes: 40_000, latencyMs: 6 });
    for (const [phase, seen] of Object.entries(counts)) expect([...seen], `tensors in ${phase}`).toHaveLength(1);
    expect(metricValues(first)).toEqual(metricValues(second));
    expect(timeless(first)).toEqual(timeless(second));
  });

  it.each([
    ['lowered', (targets: Targets) => ({ ...targets, flashBytes: 20_000 })],
    ['raised', (targets: Targets) => ({ ...targets, flashBytes: 60_000 })],
    ['already met', (targets: Targets) => ({ ...targets, flashBytes: 200_000 })],
    ['equal to the cost', (targets: Targets, cost: number) => ({ ...targets, flashBytes: cost })],
  ])('takes in a target that is %s in its last search, with a strength that is neither 0 nor infinite', async (_, move) => {
    const { search, controls } = smallSearch({ method, epochs: { warmup: 1, search: 1, finetune: 0 } });
    const phase = method === 'supernet+pit' ? 'masks' : 'search';
    const excess = search.config.excess[method === 'supernet' ? 'candidates' : 'channels'];
    const costNow = async () => (await search.model?.architecture?.readCosts())?.flashBytes as number;
    const events: SearchEvent[] = [];
    /** Cost and target for each strength that was computed. */
    const computed: { readonly strength: number; readonly cost: number; readonly target: number; readonly latency: number }[] = [];
    let steps = 0;
    for await (const event of search.run()) {
      events.push(event);
      if (event.kind === 'targets' && event.strengths) {
        const { flashBytes: strength = NaN, latencyMs: latency = NaN } = event.strengths;
        computed.push({ strength, cost: await costNow(), target: event.targets.flashBytes as number, latency });
      }
      if (event.kind !== 'step' || event.phase !== phase || (steps += 1) !== 2) continue;
      controls.targets = move(controls.targets, await costNow());
      controls.revision += 1;
    }
    search.dispose();
    const [before, moved] = computed.slice(-2) as [(typeof computed)[0], (typeof computed)[0]];
    // The strength that the new target would have had from the start.
    const loss = before.strength / finalStrength(1, before.cost, before.target, excess);
    expect(moved.target).toBe(controls.targets.flashBytes);
    expect(moved.strength / finalStrength(loss, before.cost, moved.target, excess)).toBeCloseTo(1, 6);
    expect(moved.strength).toBeGreaterThan(0);
    expect(Number.isFinite(moved.strength)).toBe(true);
    expect(moved.latency).toBe(before.latency);
    const { constraints } = last(events, 'result').result;
    expect(Object.fromEntries(constraints.map(({ metric, target }) => [metric, target]))).toEqual(controls.targets);
    expect(constraints.every(({ met }) => met)).toBe(true);
  });

  it.each([
    ['stm32l4r5', { flashBytes: 30_000, latencyMs: 90, ramBytes: 49_152, energyUj: 3_500, macs: 6e6, params: 28_000 }],
    ['gap9', { ramBytes: 50_000, energyUj: 15 }],
    ['diana', { params: 12_000, latencyMs: 0.2 }],
    ['gap8', {}],
  ] as const)('on %s meets any set of limits, as counted anew from the network itself', async (device, targets) => {
    const { search } = smallSearch({ method, device, targets, epochs: { warmup: 0, search: 1, finetune: 0 } });
    expectKept(last(await runToEnd(search), 'result').result, device, targets);
    search.dispose();
  });

  it('says before training that no network meets the targets, with the least that one reaches', () => {
    expect(() => smallSearch({ method, targets: { flashBytes: 100, latencyMs: 6 } })).toThrow(/least flash memory within reach/);
  });
});

describe('a search over channels', () => {
  beforeAll(() => useBackend('wasm'));

  it('starts from the seed network with every channel, and reports what each layer kept', async () => {
    const { search } = smallSearch({ method: 'pit' });
    const events = await runToEnd(search);
    search.dispose();
    expect(phasesOf(events)).toEqual(['warmup', 'search', 'finetune']);
    expect(last(events, 'masks').groups.map(({ id }) => id)).toContain('stemConv');
    expect(column(events, 'warmup', 'channels/stemConv/kept')).toEqual([16, 16, 16, 16]);
    expect(column(events, 'warmup', 'cost/flashBytes')[0]).toBeCloseTo(78_744, 0);
    const { channels, choice, quality, network } = last(events, 'result').result;
    expect(choice).toEqual({});
    expect(channels.map(({ layer, total }) => `${layer} ${total}`)).toEqual([
      'stemConv 16',
      'stack1aConv 16',
      'stack1bConv 16',
      'stack2aConv 32',
      'stack2bConv 32',
      'stack2Skip 32',
      'stack3aConv 64',
      'stack3bConv 64',
      'stack3Skip 64',
    ]);
    for (const { layer, kept } of channels) expect(network.layers.find(({ id }) => id === layer)).toMatchObject({ filters: kept });
    expect(quality.masked).toBeGreaterThanOrEqual(0);
    expect(quality.supernet).toBeUndefined();
  });

  it('reaches one channel per group and no less', async () => {
    const { search } = smallSearch({ method: 'pit' });
    const least = search.space.table.fixed[0] as number;
    search.dispose();
    const targets = { flashBytes: least, latencyMs: 6 };
    const { search: tight } = smallSearch({ method: 'pit', targets, epochs: { warmup: 0, search: 1, finetune: 0 } });
    const { channels, constraints } = last(await runToEnd(tight), 'result').result;
    tight.dispose();
    expect(channels.every(({ kept }) => kept === 1)).toBe(true);
    expect(constraints[0]).toMatchObject({ value: least, met: true });
    expect(() => smallSearch({ method: 'pit', targets: { ...targets, flashBytes: least - 1 } })).toThrow(/least flash memory/);
  });

  it('derives again under a lower target on request', async () => {
    const { search, controls } = smallSearch({ method: 'pit' });
    await runToEnd(search);
    controls.targets = { flashBytes: 10_000, latencyMs: 2 };
    controls.revision += 1;
    const events: SearchEvent[] = [];
    for await (const event of search.derive()) events.push(event);
    search.dispose();
    expect(last(events, 'result').result.constraints.map(({ target, met }) => [target, met])).toEqual([
      [10_000, true],
      [2, true],
    ]);
  });
});

describe('a search over candidates and then channels', () => {
  beforeAll(() => useBackend('wasm'));

  it('prunes what the first search found, under the same targets, further than either reaches alone', async () => {
    const targets = { flashBytes: 5_000, latencyMs: 2 };
    expect(() => smallSearch({ method: 'supernet', targets })).toThrow(/least flash memory/);
    const { search } = smallSearch({ method: 'supernet+pit', targets });
    const events = await runToEnd(search);
    search.dispose();
    expect(phasesOf(events)).toEqual(['warmup', 'search', 'masks', 'finetune']);
    expect(events.filter(({ kind }) => kind === 'step')).toHaveLength((1 + 2 + 2 + 1) * 4);
    const [first, second] = events.filter((event) => event.kind === 'derived');
    expect(second?.choice).toEqual(first?.choice);
    expect(first?.costs.flashBytes).toBeGreaterThan(5_000);
    expect(second?.costs.flashBytes).toBeLessThanOrEqual(5_000);
    const { quality, constraints, channels, choice } = last(events, 'result').result;
    expect(Object.keys(choice)).toHaveLength(7);
    expect(channels.some(({ layer }) => layer === `stem/${choice.stem}/0` || layer.startsWith('stem/'))).toBe(true);
    expect(quality.supernet).toBeGreaterThanOrEqual(0);
    expect(quality.masked).toBeGreaterThanOrEqual(0);
    expect(constraints.every(({ met }) => met)).toBe(true);
    // Both searches computed strengths at their start.
    expect(events.filter((event) => event.kind === 'targets' && event.strengths).length).toBeGreaterThanOrEqual(2);
  });

  /** Runs the search, and passes every event on together with a way to move the flash memory target. */
  async function runWhileMoving(watch: (event: SearchEvent, move: (flashBytes: number) => void) => void) {
    const { search, controls } = smallSearch({ method: 'supernet+pit' });
    const move = (flashBytes: number) => {
      if (controls.targets.flashBytes === flashBytes) return;
      controls.targets = { flashBytes, latencyMs: 6 };
      controls.revision += 1;
    };
    const events: SearchEvent[] = [];
    const ended = runToEnd(search, (event) => {
      events.push(event);
      watch(event, move);
    });
    return { search, events, ended: ended.then(() => null).catch((error: unknown) => error), move };
  }

  it('goes on when targets are impossible between the two, since they may be raised again', async () => {
    const { search, events, ended } = await runWhileMoving((event, move) => {
      if (event.kind === 'step' && event.phase === 'search') move(100);
      if (event.kind === 'step' && event.phase === 'masks') move(40_000);
    });
    expect(await ended).toBeNull();
    search.dispose();
    expect(events.some((event) => event.kind === 'targets' && event.shortfall)).toBe(true);
    expect(last(events, 'result').result.constraints.every(({ met }) => met)).toBe(true);
  });

  it('weighs targets by what the network of the first can still become, once it has it', async () => {
    const { search, events, ended, move } = await runWhileMoving((event, moveTo) => {
      if (event.kind === 'step' && event.phase === 'masks') moveTo(least() - 1);
    });
    function least(): number {
      return smallestReachable(last(events, 'masks').table, 'flashBytes') as number;
    }
    expect(await ended).toMatchObject({ code: 'infeasible-targets', message: expect.stringMatching(/^No choice of channels/) as string });
    expect(least()).toBeGreaterThan(smallestReachable(search.space.table, 'flashBytes') as number);
    expect(last(events, 'targets').shortfall?.[0]).toMatchObject({ metric: 'flashBytes', minimum: least() });
    move(40_000);
    const again: SearchEvent[] = [];
    for await (const event of search.derive()) again.push(event);
    search.dispose();
    expect(last(again, 'result').result.constraints.every(({ met }) => met)).toBe(true);
  });

  it('keeps the first search’s network within what the second starts from', async () => {
    const { search } = smallSearch({ method: 'supernet+pit' });
    const { flashBytes, latencyMs } = search.space.seedCosts;
    const events = await runToEnd(search);
    search.dispose();
    const [first] = events.filter((event) => event.kind === 'derived');
    expect(first?.costs.flashBytes).toBeLessThanOrEqual(Math.sqrt(40_000 * (flashBytes as number)));
    expect(first?.costs.latencyMs).toBeLessThanOrEqual(Math.sqrt(6 * (latencyMs as number)));
  });
});

describe('the choices of a search', () => {
  beforeAll(() => useBackend('wasm'));

  it.each(methods)('are the paper’s all together, in a search by %s', async (method) => {
    const { paper } = imageClassification.presets;
    const { search } = smallSearch({ ...paper, method, batchSize: 4, epochs: { warmup: 1, search: 2, finetune: 1 } }, 40);
    const events = await runToEnd(search);
    search.dispose();
    expect(last(events, 'result').result.constraints.map(({ met }) => met)).toEqual([true, true]);
  });

  it.each(methods)('include drawing costs up to their targets, in a search by %s', async (method) => {
    const { search } = smallSearch({
      method,
      excess: { candidates: 'absolute', channels: 'absolute' },
      epochs: { warmup: 0, search: 2, finetune: 0 },
    });
    const events = await runToEnd(search);
    search.dispose();
    expect(last(events, 'result').result.constraints.map(({ met }) => met)).toEqual([true, true]);
  });

  it.each(['epochs', 'steps'] as const)(
    'include taking turns by %s: weights on training, architecture on validation pictures',
    async (bilevel) => {
      const { search } = smallSearch({
        bilevel: { candidates: bilevel, channels: bilevel },
        temperature: { start: 1, end: 1 },
        epochs: { warmup: 0, search: 1, finetune: 0 },
      });
      const events = await runToEnd(search);
      search.dispose();
      // 16 of 20 examples to train on, in batches of 4; one batch for validation.
      expect(events.filter(({ kind }) => kind === 'step')).toHaveLength(bilevel === 'steps' ? 8 : 5);
      const weights = column(events, 'search', 'weight/stem/conv3x3');
      const moved = weights.map((value, index) => index > 0 && value !== weights[index - 1]);
      // A row shows the values before its step's update.
      if (bilevel === 'steps') expect(moved).toEqual([false, false, true, false, true, false, true, false]);
      else expect(moved).toEqual([false, false, false, false, false]);
      expect(last(events, 'epoch').trainLoss).toBeGreaterThan(0);
    },
  );

  it('refuse to take turns with fewer validation pictures than a batch', () => {
    expect(() => smallSearch({ bilevel: { candidates: 'steps', channels: 'off' }, validationShare: 0.1 })).toThrow(
      /at least one batch of validation pictures/,
    );
  });

  it('include one fixed strength for costs as an objective, which targets do not bind', async () => {
    const objective = { metrics: ['flashBytes' as const], strength: 0.5 };
    const { search } = smallSearch({ objective, targets: { flashBytes: 8_000, latencyMs: 6 } });
    const events = await runToEnd(search);
    search.dispose();
    expect(strengthsIn(events)[0]).toBeCloseTo(0.5 / 78_744, 12);
    const { constraints, objectives } = last(events, 'result').result;
    expect(constraints.map(({ metric, met }) => [metric, met])).toEqual([['latencyMs', true]]);
    expect(objectives).toMatchObject([{ metric: 'flashBytes', target: 8_000 }]);
    const penalty = column(events, 'search', 'penalty')[1] as number;
    const [flash, latency] = ['cost/flashBytes', 'cost/latencyMs'].map((name) => column(events, 'search', name)[1] as number);
    const strength = strengthsIn(events)[1] as number;
    expect(penalty).toBeCloseTo((0.5 / 78_744) * (flash as number) + (strength / 100) * Math.max(0, (latency as number) - 6), 4);
  });

  it.each([
    ['Gumbel noise and one candidate at a time', { noise: 'gumbel', hard: true }],
    ['Gumbel noise and all candidates', { noise: 'gumbel', hard: false }],
    ['one candidate at a time without noise', { noise: 'none', hard: true }],
  ] as const)('include %s', async (_, sampling) => {
    const losses = [];
    for (let round = 0; round < 2; round++) {
      const { search } = smallSearch({ sampling, icv: 0.5, epochs: { warmup: 0, search: 2, finetune: 0 } });
      const events = await runToEnd(search);
      search.dispose();
      losses.push(column(events, 'search', 'taskLoss'));
      expect(last(events, 'result').result.constraints.every(({ met }) => met)).toBe(true);
    }
    expect(losses[0]).toEqual(losses[1]);
  });

  it('include plain gradient descent in warm-up with a rate of its own', async () => {
    const { search } = smallSearch({ warmup: { optimizer: 'sgd', rate: 1e-30 }, epochs: { warmup: 1, search: 1, finetune: 0 } });
    const weights = () => readAll([...(search.model?.parameters ?? [])].filter(([, { trainable }]) => trainable));
    let before: Awaited<ReturnType<typeof weights>> | undefined;
    let after: typeof before;
    for await (const event of search.run()) {
      if (event.kind === 'phase' && event.phase === 'warmup') before = await weights();
      if (event.kind === 'epoch' && event.phase === 'warmup') after = await weights();
      if (event.kind === 'epoch') break;
    }
    search.dispose();
    expect(before?.size).toBeGreaterThan(0);
    for (const [name, values] of before ?? []) expect(difference(after?.get(name) as Float32Array, values), name).toBeLessThan(1e-20);
  });

  it.each([
    ['which fine-tuning has too', null, true],
    ['but fine-tuning to its end where it has no patience', 0, false],
  ])('include an early end, after which the run goes on, %s', async (_, finetune, ends) => {
    // A rate this small improves nothing on ten examples, so the first epoch stays the best one.
    const { search } = smallSearch({
      earlyStop: { patience: 1, searchFrom: 0, finetune },
      epochs: { warmup: 0, search: 6, finetune: 6 },
      weightRate: 1e-12,
      archRate: 1e-12,
    });
    const events = await runToEnd(search);
    search.dispose();
    const epochs = (phase: string) => events.filter((event) => event.kind === 'epoch' && event.phase === phase).length;
    expect(epochs('search')).toBeLessThan(6);
    expect(epochs('finetune') < 6).toBe(ends);
    const steps = events.filter(({ kind }) => kind === 'step').length;
    expect(steps).toBe(4 * (epochs('search') + epochs('finetune')));
    expect(last(events, 'result').step).toBe(steps);
  });
});
