/**
 * Uses the worker's service through the client, over a real message channel, so that messages are cloned and transferred as in a
 * browser.
 */
import { once } from 'node:events';
import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeBackends } from '../../src/backends/node';
import { SearchClient, type WorkerEndpoint } from '../../src/client/searchClient';
import { shapeDataset } from '../../src/core/data/shapes';
import { WorkbenchError } from '../../src/core/errors';
import type { Network } from '../../src/core/network/network';
import { readRunFile } from '../../src/core/runs/readRunFile';
import { said } from '../../src/core/language/told';
import type { WireEvent } from '../../src/protocol/protocol';
import { moving } from '../../src/protocol/moving';
import { createSearchService } from '../../src/session/searchService';
import { nodeKernels } from '../../src/backends/nodeKernels';
import { engine } from '../../src/training/engine';
import { webgpuBackend } from '../../src/training/fused/webgpu/device';
import { smallConfig } from '../support/search';
import { describeOnWebgpu } from '../support/webgpu';

const limits = { trainCount: 20, testCount: 10 };
const clients: SearchClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.terminate();
});

/** A client, and every event that it received. */
function connect() {
  const events: WireEvent[] = [];
  const news = new EventTarget();
  const { port1, port2 } = new MessageChannel();
  // Node delivers all messages of one port before it looks at the next port, so a timer lets the others through.
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  expose(
    createSearchService({ backends: nodeBackends, engine: engine(nodeKernels), pause, environment: () => ({ backend: 'wasm' }) }),
    port2,
  );
  const endpoint = {
    postMessage: port1.postMessage.bind(port1),
    addEventListener: port1.addEventListener.bind(port1),
    removeEventListener: port1.removeEventListener.bind(port1),
    start: () => port1.start(),
    terminate() {
      port1.close();
      port2.close();
    },
  } as unknown as WorkerEndpoint;
  const client = new SearchClient(
    () => endpoint,
    (batch) => {
      events.push(...batch);
      news.dispatchEvent(new Event('events'));
    },
    () => {},
  );
  clients.push(client);
  const states = () => events.filter((event) => event.kind === 'state').map(({ state }) => state);
  /** Waits until the events so far satisfy a condition; the test's own time limit applies. */
  const until = async (condition: () => boolean) => {
    while (!condition()) await once(news, 'events');
  };
  const runFile = async () => readRunFile(new TextDecoder().decode(await client.call('export', 'run')));
  /** The number of steps, read after the worker had time for more, since it answers between two steps. */
  const stepsAfterAWhile = async () => {
    for (let call = 0; call < 30; call++) await client.call('catalogue');
    return (await runFile()).series.trainLoss?.value.length ?? 0;
  };
  return { client, events, states, until, runFile, stepsAfterAWhile };
}

const stepsOf = (events: readonly WireEvent[]) => events.findLast((event) => event.kind === 'step')?.step ?? 0;

describeOnWebgpu('the search worker on a graphics device', () => {
  it('says that the device was lost, and starts again on another', async () => {
    const { client, events, states, until } = connect();
    // The kernels are compiled twice, on a processor; those of dense layers take the least time.
    const config = { ...smallConfig, task: 'ad', method: 'pit', validationShare: 0.5 };
    const pieces = { trainCount: 400, testCount: 40 };
    await client.call('startBackend', 'webgpu');
    await client.call('start', config, pieces, false);
    await until(() => stepsOf(events) >= 1);
    webgpuBackend().device.destroy();
    await until(() => states().includes('failed'));
    expect(events.findLast((event) => event.kind === 'state')?.error).toMatchObject({ code: 'device-lost' });
    events.length = 0;
    await client.call('start', config, pieces, false);
    await until(() => stepsOf(events) >= 1);
    await client.call('stop');
    await until(() => states().includes('stopped'));
  }, 300_000);
});

describe('the search worker through its client', () => {
  it('runs a search to its end and hands over network and run file', async () => {
    const { client, events, states, until, runFile } = connect();
    expect(await client.call('startBackend', 'wasm')).toMatchObject({ name: 'wasm', picked: true });
    expect(await client.call('useBuiltInData', 'ic')).toMatchObject({ synthetic: true, trainCount: 8000 });
    await client.call('start', smallConfig, limits, false);
    await until(() => states().includes('finished'));
    expect(events.at(-2)?.kind).toBe('result');
    const { exports } = await client.call('catalogue');
    expect(exports.slice(0, 3).map(({ label, fileName, mime }) => [label, fileName, mime])).toEqual([
      ['network', 'network.json', 'application/json'],
      ['run', 'run.json', 'application/json'],
      ['TFLite (int8)', 'tflite.zip', 'application/zip'],
    ]);
    const network = JSON.parse(new TextDecoder().decode(await client.call('export', 'network'))) as {
      network: Network;
      weights: Record<string, { data: number[] }>;
    };
    expect(network.network.layers.every(({ op }) => op !== 'mixedOp')).toBe(true);
    expect(network.weights['logits/kernel']?.data.length).toBe(640);
    await expect(client.call('export', 'paper')).rejects.toThrow('there is no export "paper"; there are: network, run');
    const ranges = { method: 'minMax', examples: 20 } as const;
    const sizes = await client.call('int8Sizes', ranges);
    expect(sizes.tflite.fileBytes).toBeGreaterThan(sizes.tflite.constantBytes);
    expect(sizes.limits.flashBytes?.from).toBe('target');
    // A newer measurement ends those before it, and they must not wait for each other for ever.
    const told: number[] = [];
    const measure = () => client.measureInt8(ranges, ({ done }) => told.push(done));
    const [first, second, third] = await Promise.all([measure(), measure(), measure()]);
    expect([first, second]).toEqual([null, null]);
    expect(third?.quality).toBeGreaterThanOrEqual(0);
    await expect.poll(() => told.at(-1)).toBe(10);
    const run = await runFile();
    expect(run.config.data).toMatchObject({ trainCount: 20, synthetic: true });
    expect(run.series.trainLoss?.value.length).toBe(16);
    expect(run.result?.quality.final).toBeGreaterThanOrEqual(0);
  });

  it('tells what pictures would be warned of, or refused for, before a start', async () => {
    const { client } = connect();
    await client.call('useBuiltInData', 'ic');
    expect((await client.call('checkData', smallConfig, limits)).map(said).join()).toMatch(
      /No validation picture is of .*No test picture is of/,
    );
    const [refusal] = await client.call('checkData', { ...smallConfig, validationShare: 0.01 }, limits);
    expect(said(refusal ?? '')).toContain('A validation share of 0.01 leaves no validation picture out of 20 training pictures');
    // What there is to see helps where there are too few.
    const look = await client.call('lookAtData', { ...smallConfig, batchSize: 1000 }, limits);
    expect(look.rows.length).toBeGreaterThan(0);
  });

  it('pauses between two steps, makes single steps, resumes and stops', async () => {
    const { client, events, states, until, stepsAfterAWhile } = connect();
    await client.call('startBackend', 'wasm');
    await client.call('start', { ...smallConfig, epochs: { ...smallConfig.epochs, search: 100 } }, limits, false);
    await until(() => stepsOf(events) >= 1);
    await client.call('pause');
    await until(() => states().at(-1) === 'paused');
    const held = await stepsAfterAWhile();
    expect(await stepsAfterAWhile()).toBe(held);
    await client.call('step');
    await until(() => stepsOf(events) === held + 1);
    expect(await stepsAfterAWhile()).toBe(held + 1);
    await client.call('resume');
    await until(() => stepsOf(events) > held + 1);
    await client.call('stop');
    await until(() => states().at(-1) === 'stopped');
  });

  it('starts with a single step when idle, from the same weights after a reset', async () => {
    const { client, events, states, until } = connect();
    await client.call('startBackend', 'wasm');
    const firstSteps: (readonly number[])[] = [];
    for (let round = 0; round < 2; round++) {
      events.length = 0;
      await client.call('start', smallConfig, limits, true);
      await until(() => states().at(-1) === 'paused');
      expect(stepsOf(events)).toBe(1);
      firstSteps.push([...(events.find((event) => event.kind === 'metrics')?.values ?? [])]);
      await client.call('reset');
      expect(states().at(-1)).toBe('idle');
    }
    const [first, again] = firstSteps;
    expect(first?.[0]).toBeGreaterThan(0);
    expect(again).toEqual(first);
  });

  it('takes in controls while a search runs, the newest one winning', async () => {
    const { client, events, until } = connect();
    await client.call('startBackend', 'wasm');
    await client.call('start', smallConfig, limits, false);
    await until(() => stepsOf(events) >= 1);
    client.control({ revision: 1, targets: { flashBytes: 30_000, latencyMs: 6 } });
    client.control({ revision: 2, targets: { flashBytes: 20_000, latencyMs: 6 } });
    await until(() => events.some((event) => event.kind === 'targets' && event.revision > 0));
    const moves = events.filter((event) => event.kind === 'targets' && event.revision > 0);
    expect(moves[0]).toMatchObject({ revision: 2, targets: { flashBytes: 20_000 } });
    await client.call('stop');
  });

  it('passes errors on with code, message and details', async () => {
    const { client } = connect();
    await client.call('startBackend', 'wasm');
    const start = client.call('start', { ...smallConfig, targets: { flashBytes: 5_000, latencyMs: 6 } }, limits, false);
    const error: unknown = await start.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkbenchError);
    expect(error).toMatchObject({ code: 'infeasible-targets', details: { shortfall: [{ metric: 'flashBytes' }, {}] } });
    await expect(client.call('export', 'run')).rejects.toMatchObject({ code: 'busy' });
    await expect(client.call('startBackend', 'webgl')).rejects.toMatchObject({ code: 'backend-unavailable' });
  });

  it('takes examples over, whose buffers move to it', async () => {
    const { client } = connect();
    const { train, ...rest } = shapeDataset(20, 4);
    const dataset = {
      ...rest,
      synthetic: false,
      classNames: ['cat', 'dog'],
      train: { ...train, labels: train.labels.map((_, at) => at % 2) },
    };
    expect(await client.call('useExamples', moving(dataset, dataset))).toMatchObject({ synthetic: false, trainCount: 20 });
    expect(train.values.byteLength).toBe(0);
    expect((await client.call('describeSpace', 'ic', 'gap8', 'supernet', 'any')).layers.at(-1)?.outputShape).toEqual([2]);
  });

  it('refuses a second start while a search is under way', async () => {
    const { client, states, until } = connect();
    await client.call('startBackend', 'wasm');
    await client.call('start', smallConfig, limits, true);
    await expect(client.call('start', smallConfig, limits, false)).rejects.toMatchObject({ code: 'busy' });
    await until(() => states().at(-1) === 'paused');
    await client.call('reset');
  });

  it('ends a worker that breaks down, and rejects what is pending and everything after', async () => {
    const listeners = new Map<string, (event: unknown) => void>();
    const told: string[] = [];
    let ended = false;
    const dead = {
      postMessage() {},
      addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
      removeEventListener() {},
      terminate: () => (ended = true),
    } as unknown as WorkerEndpoint;
    const client = new SearchClient(
      () => dead,
      () => {},
      (error) => told.push(error.message),
    );
    const pending = client.call('stop');
    listeners.get('error')?.({ message: 'out of memory' });
    await expect(pending).rejects.toThrow(/broke down: out of memory/);
    await expect(client.call('stop')).rejects.toThrow(/broke down/);
    expect(told).toHaveLength(1);
    expect(ended).toBe(true);
  });

  it('tells a script that does not come as a missing file', async () => {
    let fail: (event: unknown) => void = () => {};
    const endpoint = {
      postMessage() {},
      addEventListener: (type: string, listener: (event: unknown) => void) => type === 'error' && (fail = listener),
      removeEventListener() {},
      terminate() {},
    } as unknown as WorkerEndpoint;
    const client = new SearchClient(
      () => endpoint,
      () => {},
      () => {},
    );
    const pending = client.call('stop');
    fail({ type: 'error' });
    await expect(pending).rejects.toMatchObject({
      code: 'file-missing',
      message: expect.stringMatching(/updated or its server has ended: start it again and reload the page/) as string,
    });
  });
});
