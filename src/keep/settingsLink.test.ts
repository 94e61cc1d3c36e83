import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { inChinese } from '../../tests/support/inChinese';
import { unlessChosen } from '../core/config/settings';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import type { LinkedSettings } from '../core/runs/linkedSettings';
import { taskFor } from '../core/tasks/index';
import { readLink, writeLink } from './settingsLink';

const kinds = { conv2d: 1.5, pointwise: 1.25, depthwiseConv2d: 2, dense: 3 };
const device = {
  name: 'Board <b>7</b>',
  clockHz: 48e6,
  flashBytes: 64_000,
  ramBytes: null,
  powerW: 0.1,
  cyclesPerMac: kinds,
  cyclesPerOutput: kinds,
  fixedCycles: 9,
};

const settings: LinkedSettings = {
  config: {
    ...taskFor('kws').presets.paper,
    ...unlessChosen,
    schedules: { warmup: 'constant', search: [[2, 0.5]], finetune: 'cosine' },
    randomSeed: 77,
    task: 'kws',
    method: 'pit',
    device,
    targets: { flashBytes: 23_456.789, latencyMs: 1 / 3 },
    objective: { metrics: ['latencyMs'], strength: 0.25 },
    seedNetwork: false,
  },
  data: { name: 'Wörter', synthetic: false, trainCount: 1200, testCount: 300 },
  backend: 'wasm',
  results: RESULTS_VERSION,
};

/** A link around any JSON text. */
const linkOf = (json: string) =>
  `#settings=1.${btoa(String.fromCharCode(...deflateSync(strToU8(json))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')}`;
const changed = (change: (settings: Record<string, Record<string, unknown>>) => void) => {
  const copy = structuredClone(settings) as unknown as Record<string, Record<string, unknown>>;
  change(copy);
  return linkOf(JSON.stringify(copy));
};

describe('a link', () => {
  test('carries all settings, an own device too, in less than a thousand letters', () => {
    const link = writeLink(settings);
    expect(readLink(link)).toEqual(settings);
    expect(link).toMatch(/^#settings=1\.[\w-]+$/);
    expect(link.length).toBeLessThan(1000);
    expect(writeLink({ ...settings, config: { ...settings.config, device: 'gap8' } }).length).toBeLessThan(800);
  });

  test('may come from before fine-tuning had a patience of its own', () => {
    const link = changed((json) => {
      delete (json.config as { earlyStop: { finetune?: unknown } }).earlyStop.finetune;
    });
    expect(readLink(link)?.config.earlyStop).toEqual({ ...settings.config.earlyStop, finetune: null });
  });

  test('may come from before channels had a start of their own', () => {
    const config = readLink(changed((json) => void ((json.config as Record<string, unknown>).start = 'balanced')))?.config;
    expect(config?.start).toEqual({ candidates: 'balanced', channels: 'even' });
  });

  test('of another kind is none', () => {
    expect([readLink(''), readLink('#result')]).toEqual([null, null]);
  });

  test.each([
    ['cut off', writeLink(settings).slice(0, -40), 'invalid-data', /damaged/],
    ['no settings', '#settings=1.!!', 'invalid-data', /damaged/],
    ['not JSON', linkOf('{"config":'), 'invalid-data', /damaged/],
    ['far too long', `#settings=1.${'A'.repeat(5000)}`, 'invalid-data', /damaged/],
    ['a bomb', linkOf(' '.repeat(1_000_000)), 'invalid-data', /damaged/],
    ['of a later version', writeLink(settings).replace('=1.', '=2.'), 'invalid-data', /version “2”/],
    ['nothing', linkOf('null'), 'invalid-setting', /“the whole”/],
    ['an unknown task', changed(({ config }) => ((config as { task: string }).task = 'x')), 'invalid-setting', /no task "x"/],
    ['an unknown device', changed(({ config }) => Object.assign(config as object, { device: 'x' })), 'invalid-setting', /no device "x"/],
    [
      'a device without a clock',
      changed(({ config }) => Object.assign(config as object, { device: { name: 'x' } })),
      'invalid-setting',
      /clockHz is missing/,
    ],
    [
      'a batch of one',
      changed(({ config }) => Object.assign(config as object, { batchSize: 1 })),
      'invalid-setting',
      /“Examples per step”/,
    ],
    ['a missing choice', changed(({ config }) => Object.assign(config as object, { epochs: null })), 'invalid-setting', /epochs/],
    ['an unknown target', changed(({ config }) => Object.assign(config as object, { targets: { x: 1 } })), 'invalid-setting', /is no cost/],
    ['half an example', changed(({ data }) => Object.assign(data as object, { trainCount: 0.5 })), 'invalid-setting', /data\.trainCount/],
  ])('is refused: %s', (_, link, code, message) => {
    expect(() => readLink(link)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) as string }));
    expect(inChinese(() => readLink(link))).not.toMatch(/\b(the|is|takes|there)\b/i);
  });

  test('brings nothing along that is no setting', () => {
    const text = JSON.stringify(settings).replace('"batchSize"', '"__proto__":{"bad":1},"seedNetwork":true,"evil":1,"batchSize"');
    const { config } = readLink(linkOf(text)) as LinkedSettings;
    expect(config).toEqual(settings.config);
    expect('bad' in config).toBe(false);
  });
});
