import { describe, expect, it } from 'vitest';
import { inChinese } from '../../../tests/support/inChinese';
import { smallConfig } from '../../../tests/support/search';
import { resnet8Seed } from '../network/resnet8';
import { readRunFile } from './readRunFile';

const network = resnet8Seed(10);
const data = { name: 'Built-in shapes', synthetic: true, classNames: ['disc', 'ring'], trainCount: 64, testCount: 20 };
const environment = { backend: 'wasm', tfjs: '4.22.0', cores: 2 };
const curve = { step: [1, 2], value: [2.5, 2.25] };

/** A file as the command line wrote it in version 1, with two of its many curves. */
const version1 = {
  version: 1,
  config: { ...smallConfig, method: 'supernet+pit', seedNetwork: true, data },
  environment,
  series: {
    trainLoss: curve,
    trainAccuracy: curve,
    validationAccuracy: curve,
    'seed/trainAccuracy': curve,
    'seed/validationAccuracy': curve,
    'cost/flashBytes': { step: [1, 2], value: [40_000, null] },
  },
  warnings: ['No test picture is of class "ring".'],
  stopped: false,
  result: {
    choice: { stem: 'conv5x5' },
    channels: [{ layer: 'stem/conv5x5/0', kept: 16, total: 16 }],
    network,
    constraints: [{ metric: 'flashBytes', target: 40_000, value: 30_136, met: true }],
    objectives: [],
    accuracy: { supernet: 0.15, masked: 0.05, seedNetwork: 0.2, derived: 0.05, final: 0.1 },
    costs: { seedNetwork: { flashBytes: 78_744, latencyMs: 7.66624 }, final: { flashBytes: 30_136, latencyMs: 4.34208 } },
    timing: { stepMs: { warmup: 115.6, search: 131.2, masks: 20.4, finetune: 21.1 }, totalMs: 3775.2 },
  },
};

const { accuracy, ...result } = version1.result;
const version2 = {
  ...version1,
  version: 2,
  series: {
    trainLoss: curve,
    trainQuality: curve,
    validationQuality: curve,
    'seed/trainQuality': curve,
    'seed/validationQuality': curve,
    'cost/flashBytes': { step: [1, 2], value: [40_000, NaN] },
  },
  dataFingerprint: null,
  result: { ...result, quality: { id: 'accuracy', ...accuracy }, trainedMacs: null },
};

const refusal = (file: unknown): string => {
  try {
    readRunFile(file);
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid-data' });
    return (error as Error).message;
  }
  return '';
};

describe('a run file of version 1', () => {
  it('is read as version 2, from its text or parsed', () => {
    expect(readRunFile(JSON.stringify(version1))).toEqual(version2);
    expect(readRunFile(version1)).toEqual(version2);
  });

  it('may name kinds of spaces after strategies', () => {
    const bilevel = { supernet: 'epochs', pit: 'off' };
    const excess = { supernet: 'above', pit: 'absolute' };
    const { config } = readRunFile({ ...version1, config: { ...version1.config, bilevel, excess } });
    expect(config.bilevel).toEqual({ candidates: 'epochs', channels: 'off' });
    expect(config.excess).toEqual({ candidates: 'above', channels: 'absolute' });
  });

  it('may lack what its first files did not have', () => {
    const { warnings: _, stopped: __, ...first } = version1;
    const { channels: ___, objectives: ____, ...least } = version1.result;
    expect(readRunFile({ ...first, result: least })).toMatchObject({
      warnings: [],
      stopped: false,
      result: { channels: [], objectives: [] },
    });
  });
});

describe('a run file of version 2', () => {
  it('is read as it is, also what a later program adds', () => {
    const device = {
      name: 'Own board',
      clockHz: 8e7,
      flashBytes: null,
      ramBytes: 65_536,
      powerW: 0.1,
      cyclesPerMac: { conv2d: 1, pointwise: 1, depthwiseConv2d: 2, dense: 1 },
      cyclesPerOutput: { conv2d: 0, pointwise: 0, depthwiseConv2d: 0, dense: 0 },
      fixedCycles: 100,
    };
    const weights = { file: 'run.weights', parameters: [{ name: 'logits/bias', shape: [10], offset: 0 }] };
    const file = {
      ...version2,
      series: { trainLoss: curve },
      config: { ...version2.config, device, added: 1, schedules: { ...version2.config.schedules, search: [[20, 0.5]] } },
      dataFingerprint: '0123456789abcdef0123456789abcdef',
      result: { ...version2.result, quality: { id: 'auc', derived: 0.5, final: 0.75 }, trainedMacs: 1e9, weights },
    };
    expect(readRunFile(JSON.stringify(file))).toEqual(file);
  });

  it('may come from before channels had a start of their own', () => {
    const started = (start: unknown) => readRunFile({ ...version2, config: { ...version2.config, start }, series: {} }).config.start;
    expect(started('largest')).toEqual({ candidates: 'largest', channels: 'even' });
    expect(started({ candidates: 'even', channels: 'balanced' })).toEqual({ candidates: 'even', channels: 'balanced' });
  });

  it('may come from before weights had other optimizers than Adam', () => {
    const { optimizer: _, ...config } = version2.config;
    expect(readRunFile({ ...version2, config, series: {} }).config.optimizer).toBe('adam');
  });

  it('may have no result', () => {
    expect(readRunFile({ ...version2, series: {}, stopped: true, result: null })).toMatchObject({ stopped: true, result: null });
  });
});

describe('refused in one line', () => {
  const valid = { ...version2, series: { trainLoss: curve } };
  const without = (key: keyof typeof valid) => Object.fromEntries(Object.entries(valid).filter(([name]) => name !== key));

  it.each([
    ['another version', { ...valid, version: 3 }, 'is of version 3, and this workbench reads versions 1 and 2.'],
    ['half a file', JSON.stringify(version1).slice(0, 500), 'it is not whole JSON'],
    ['another file', { network, weights: {} }, 'it has no version number'],
    ['no object', 'null', 'it has no version number'],
    ['a missing part', without('config'), '"config" should be'],
    ['a text for a number', { ...valid, config: { ...valid.config, batchSize: '4' } }, '"config.batchSize" should be number'],
    ['an accuracy in version 2', { ...valid, result: version1.result }, '"result.quality" should be'],
    ['a metric that there is not', { ...valid, config: { ...valid.config, targets: { weight: 1 } } }, '"config.targets.weight" should be'],
    ['another network', { ...valid, result: { ...version2.result, network: { layers: [] } } }, '"result.network" is no network'],
    ['curves of two lengths', { ...valid, series: { 'a\nb': { step: [1], value: [] } } }, '"series.a b" holds another number of values'],
  ])('%s', (_, file, why) => {
    const message = refusal(file);
    expect(message).toContain(why);
    expect(message).toMatch(/^This run file .+\.$/);
    expect(inChinese(() => readRunFile(file))).not.toMatch(/\b(this|it|is|should|holds)\b/i);
  });
});
