import { measuredQualities } from './qualityNames';
import type { Model } from '../search/training/engine';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { useBackend } from '../../../tests/support/backends';
import { metricValues, runToEnd, smallConfig, smallSearch } from '../../../tests/support/search';
import { chooseCandidates } from '../network/choose';
import { shareParameters } from '../network/parameters';
import { planNetwork } from '../network/plan';
import { said } from '../language/told';
import type { SearchEvent } from '../search/events';
import { jsonPieces } from '../jsonPieces';
import { shapeDataset } from '../data/shapes';
import { readRunFile } from './readRunFile';
import { RunRecorder } from './runFile';
import { SuperNet } from '../search/architectures/supernet';

const last = <Kind extends SearchEvent['kind']>(events: readonly SearchEvent[], kind: Kind) =>
  events.findLast((event) => event.kind === kind) as Extract<SearchEvent, { kind: Kind }>;

describe('a search', () => {
  beforeAll(() => useBackend('wasm'));

  it('differs from another seed', async () => {
    const losses = [];
    for (const randomSeed of [1, 2]) {
      const { search } = smallSearch({ randomSeed, epochs: { warmup: 0, search: 1, finetune: 0 } });
      losses.push(metricValues(await runToEnd(search))[0]);
      search.dispose();
    }
    expect(losses[0]).not.toBe(losses[1]);
  });

  it('tells before training when no network meets the targets', () => {
    expect(() => smallSearch({ targets: { flashBytes: 5_000, latencyMs: 6 } })).toThrow(/least flash memory.*7\.871 kB/);
  });

  it('tells before training that every network needs more memory than a limit allows', () => {
    expect(() => smallSearch({ targets: { ramBytes: 49_151 } })).toThrow(/least peak RAM.*49\.16 kB/);
    expect(() => smallSearch({ targets: { energyUj: 10 } })).toThrow(/"energyUj" cannot be limited/);
  });

  it('derives again under a limit that was not there when the search was made', async () => {
    const { search, controls } = smallSearch({ epochs: { warmup: 0, search: 1, finetune: 0 } });
    await runToEnd(search);
    controls.targets = { flashBytes: 40_000, macs: 2e6 };
    controls.revision += 1;
    const events: SearchEvent[] = [];
    for await (const event of search.derive()) events.push(event);
    search.dispose();
    expect(last(events, 'result').result.constraints.map(({ metric, met }) => [metric, met])).toEqual([
      ['flashBytes', true],
      ['macs', true],
    ]);
  });

  it('takes in a target that moves during the search at the next step, with a strength of its own', async () => {
    const { search, controls } = smallSearch();
    const events = await runToEnd(search, (event) => {
      if (event.kind === 'step' && event.phase === 'search' && event.stepInEpoch === 2 && event.epoch === 1) {
        controls.targets = { flashBytes: 20_000, latencyMs: 6 };
        controls.revision += 1;
      }
    });
    search.dispose();
    const moves = events.filter((event) => event.kind === 'targets');
    expect(moves.map(({ step, targets }) => [step, targets.flashBytes])).toEqual([
      [0, 40_000],
      [4, 40_000],
      [6, 20_000],
    ]);
    const [, armed, moved] = moves;
    expect(moved?.strengths?.flashBytes).toBeGreaterThan(0);
    expect(moved?.strengths?.flashBytes).not.toBe(armed?.strengths?.flashBytes);
    expect(moved?.strengths?.latencyMs).toBe(armed?.strengths?.latencyMs);
    expect(last(events, 'result').result.constraints[0]).toMatchObject({ target: 20_000, met: true });
  });

  it('keeps a move during warm-up for the search', async () => {
    const { search, controls } = smallSearch();
    const events = await runToEnd(search, (event) => {
      if (event.kind === 'step' && event.phase === 'warmup' && event.stepInEpoch === 1) {
        controls.targets = { flashBytes: 30_000, latencyMs: 5 };
        controls.revision += 1;
      }
    });
    search.dispose();
    const armed = events.find((event) => event.kind === 'targets' && event.strengths !== null);
    expect(armed).toMatchObject({ step: 4, targets: { flashBytes: 30_000, latencyMs: 5 } });
  });

  it('flags targets that become impossible, goes on, and cannot derive from them', async () => {
    const { search, controls } = smallSearch();
    const events: SearchEvent[] = [];
    const run = async () => {
      for await (const event of search.run()) {
        events.push(event);
        if (event.kind === 'step' && event.phase === 'search')
          Object.assign(controls, { targets: { flashBytes: 5_000, latencyMs: 6 }, revision: 1 });
      }
    };
    await expect(run()).rejects.toMatchObject({ code: 'infeasible-targets' });
    expect(last(events, 'targets').shortfall).not.toBeNull();
    expect(events.filter((event) => event.kind === 'step' && event.phase === 'search').length).toBe(8);
    controls.targets = { flashBytes: 40_000, latencyMs: 6 };
    controls.revision = 2;
    const again: SearchEvent[] = [];
    for await (const event of search.derive()) again.push(event);
    expect(last(again, 'result').result.constraints.every(({ met }) => met)).toBe(true);
    search.dispose();
  });

  it('derives again under new targets on request', async () => {
    const { search, controls } = smallSearch({ epochs: { warmup: 0, search: 1, finetune: 1 } });
    await runToEnd(search);
    controls.targets = { flashBytes: 12_000, latencyMs: 4 };
    controls.revision += 1;
    const events: SearchEvent[] = [];
    for await (const event of search.derive()) events.push(event);
    const { constraints } = last(events, 'result').result;
    expect(constraints.map(({ target, met }) => [target, met])).toEqual([
      [12_000, true],
      [4, true],
    ]);
    search.dispose();
  });

  it('keeps the network, its accuracy and its memory when a further derivation is stopped', async () => {
    const { search, controls } = smallSearch({ epochs: { warmup: 0, search: 1, finetune: 1 } });
    await runToEnd(search);
    const [result, model] = [search.result, search.model];
    const before = memory().numTensors;
    controls.targets = { flashBytes: 12_000, latencyMs: 4 };
    controls.revision += 1;
    const derivation = search.derive();
    for await (const event of derivation) if (event.kind === 'step') break;
    expect(search.model).toBe(model);
    expect(search.result).toBe(result);
    expect(memory().numTensors).toBe(before);
    search.dispose();
  });

  it('reports nothing as found that misses a target when it is counted anew', async () => {
    const costliest = (costs: readonly (readonly number[])[]) =>
      costs.findIndex((own) => own[0] === Math.max(...costs.map((each) => each[0] as number)));
    const wrong = vi.spyOn(SuperNet.prototype, 'discretise').mockImplementation(async function (this: SuperNet, _, parameters) {
      const plan = search.space.supernet;
      const choice = Object.fromEntries(
        this.mixedOps.map(({ id, candidates }, index) => [
          id,
          candidates[costliest(search.space.candidates.candidates[index] ?? [])]?.name as string,
        ]),
      );
      const network = chooseCandidates(plan.network, choice);
      const chosen = planNetwork(network);
      return { network, plan: chosen, parameters: shareParameters(chosen, parameters), choice, channels: [] };
    });
    const { search } = smallSearch({ epochs: { warmup: 0, search: 1, finetune: 0 } });
    const events: SearchEvent[] = [];
    await expect(runToEnd(search, (event) => void events.push(event))).rejects.toMatchObject({
      code: 'infeasible-targets',
      message: expect.stringMatching(/memory is [\d.]+, its target 40000/) as string,
    });
    wrong.mockRestore();
    expect(events.some(({ kind }) => kind === 'result')).toBe(false);
    expect(search.result).toBeNull();
    search.dispose();
  });

  it('starts without warm-up from the first batch’s loss', async () => {
    const { search } = smallSearch({ epochs: { warmup: 0, search: 1, finetune: 0 } });
    const events = await runToEnd(search);
    search.dispose();
    const armed = events.find((event) => event.kind === 'targets' && event.strengths !== null);
    expect(armed?.kind === 'targets' && armed.step).toBe(1);
  });

  it('stops at a loss that is not finite, says where and likely why, and returns to the last good weights', async () => {
    const { search } = smallSearch();
    // A rate that a search accepts does not diverge this soon.
    Object.assign(search.config, { weightRate: 1e38 });
    await expect(runToEnd(search)).rejects.toMatchObject({
      code: 'loss-not-finite',
      message: expect.stringMatching(
        /^The training loss became infinite or not a number in warm-up, epoch 1, step \d\. The learning rate of [\d,]+ is the likely cause: the task’s quick preset has [\d.]+\.$/,
      ) as unknown,
    });
    for (const value of (search.model as Model).parameters.values())
      for (const number of await value.data()) expect(Number.isFinite(number)).toBe(true);
    search.dispose();
  });

  it('reports the seed network trained for as many epochs, on request', async () => {
    const { search } = smallSearch({ seedNetwork: true, epochs: { warmup: 0, search: 2, finetune: 1 } });
    const events = await runToEnd(search);
    search.dispose();
    const ofSeed = events.filter((event) => 'phase' in event && event.phase === 'seed');
    expect(ofSeed.filter(({ kind }) => kind === 'step').length).toBe(12);
    expect(ofSeed.filter(({ kind }) => kind === 'phase').length).toBe(1);
    expect(ofSeed.flatMap((event) => (event.kind === 'epoch' ? [event.epoch] : []))).toEqual([1, 2, 3]);
    const { quality, trainedMacs, costs } = last(events, 'result').result;
    expect(quality.seedNetwork).toBeGreaterThanOrEqual(0);
    // Training for comparison does not count. Counted are 4 steps of warm-up and 4 of search in the supernet, and 4 in the found
    // network.
    const [supernet, found] = [last(events, 'started').phases[0]?.macs as number, costs.final.macs as number];
    expect(trainedMacs).toBe(3 * smallConfig.batchSize * (8 * supernet + 4 * found));
  });

  it('trains any network from scratch as it trains the seed network', async () => {
    const config = { method: 'pit', epochs: { warmup: 1, search: 2, finetune: 1 } };
    const { search: other } = smallSearch(config, 40);
    const alone: SearchEvent[] = [];
    for await (const event of other.trainFromScratch(other.space.seed)) alone.push(event);
    const { search } = smallSearch(config, 40);
    const seed: SearchEvent[] = [];
    for await (const event of search.trainSeedNetwork()) seed.push(event);
    expect(metricValues(alone)).toEqual(metricValues(seed));
    expect(last(alone, 'quality')).toMatchObject({ of: 'final', quality: last(seed, 'quality').quality });
    // As many steps as an epoch has, of three passes over a batch.
    const macs = search.space.seedCosts.macs as number;
    expect(search.epochMacs(search.space.seed)).toBe(
      3 * macs * search.config.batchSize * (alone.filter(({ kind }) => kind === 'step').length / 4),
    );
    search.dispose();
    other.dispose();
  });

  it('refuses data too small for a batch', () => {
    expect(() => smallSearch({ batchSize: 16 })).toThrow(/20 training pictures, 16 to learn from .* 16 examples per step need at least 32/);
  });

  it('goes through its phases, and is recorded in a run file with every curve', async () => {
    const { search } = smallSearch();
    const recorder = new RunRecorder();
    const events = await runToEnd(search, (event) => recorder.add(event));
    search.dispose();
    const context = { config: smallConfig, dataset: shapeDataset(20, 10), environment: { backend: 'wasm' }, stopped: false };
    const written = recorder.file(context);
    const file = readRunFile([...jsonPieces(written)].join(''));
    expect(file).toEqual(written);
    expect(events.flatMap((event) => (event.kind === 'phase' ? [event.phase] : []))).toEqual(['warmup', 'search', 'finetune']);
    expect(events.filter(({ kind }) => kind === 'step').length).toBe(4 * 4);
    for (const [, , value] of measuredQualities(last(events, 'result').result.quality)) expect(value).toBeGreaterThanOrEqual(0);
    expect(file.series.trainLoss?.step).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(file.series['cost/flashBytes']?.step.length).toBe(12);
    expect(file.series['weight/stack3b/identity']?.value[0]).toBeCloseTo(0.25, 6);
    expect(file.series.validationQuality?.step).toEqual([4, 8, 12, 16]);
    expect(file.result?.constraints.length).toBe(2);
    expect(file.result?.quality).toEqual(search.result?.quality);
    for (const { value } of Object.values(file.series)) expect(value.every(Number.isFinite)).toBe(true);
    // Ten test examples, drawn at random from ten classes.
    expect(file.warnings).toEqual(search.warnings.map(said));
    expect(file.warnings.join()).toContain('No test picture is of class');
  });
});
