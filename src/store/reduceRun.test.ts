import { imageClassification } from '../core/tasks/imageClassification';
import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../core/language/say';
import { said } from '../core/language/told';
import { messages } from '../core/language/zh-CN/index';
import type { SearchResult } from '../core/search/events';
import type { WireEvent } from '../protocol/protocol';
import { announcementFor } from './announcements';
import { reduceRun } from './reduceRun';
import { idleRun } from './state';
import { wouldBeLost } from './wouldBeLost';

const state = (name: 'idle' | 'running' | 'stopped' | 'finished'): WireEvent => ({ kind: 'state', state: name, searched: true });
const targets = (flashBytes: number) =>
  ({ kind: 'targets', revision: 1, step: 1, targets: { flashBytes }, strengths: null, shortfall: null }) as const;
const result = {
  choice: { a: 'conv3x3' },
  channels: [],
  costs: { final: { flashBytes: 30_000 } },
  quality: { id: 'accuracy', final: 0.9 },
} as unknown as SearchResult;
const derived = { kind: 'derived', step: 1, choice: { a: 'identity' }, channels: [], costs: {} } as unknown as WireEvent;

const step = { kind: 'step' } as unknown as WireEvent;

afterEach(() => setLanguage('en', null));

describe('a run as it is shown', () => {
  it('would be lost while it is under way, and from its first step on until it was downloaded', () => {
    expect(wouldBeLost(idleRun)).toBe(false);
    expect(wouldBeLost({ ...idleRun, starting: true })).toBe(true);
    const failed = [state('running'), { kind: 'state', state: 'failed', searched: false } as const].reduce(reduceRun, idleRun);
    expect(wouldBeLost(failed)).toBe(false);
    const finished = [state('running'), step, state('finished')].reduce(reduceRun, idleRun);
    expect(wouldBeLost(finished)).toBe(true);
    const saved = { ...finished, unsaved: false };
    expect(wouldBeLost(saved)).toBe(false);
    const trainedOn = [state('running'), step, state('stopped')].reduce(reduceRun, saved);
    expect(wouldBeLost(trainedOn)).toBe(true);
  });

  it('would not be lost where it is kept as a whole, which a write that fails ends', () => {
    const kept = (whole: boolean, problem: string | null = null) =>
      ({ kind: 'kept', id: 'a', whole, goodStep: null, problem, dropped: [] }) as const;
    const under = [state('running'), step, kept(true)].reduce(reduceRun, idleRun);
    expect(wouldBeLost(under)).toBe(false);
    expect(wouldBeLost(reduceRun(under, state('finished')))).toBe(false);
    expect(wouldBeLost(reduceRun(under, kept(false)))).toBe(true);
    const full = reduceRun(under, kept(false, 'no room'));
    expect(wouldBeLost(full)).toBe(true);
    // Where it is shown it is an alert.
    expect(announcementFor(kept(false, 'no room'), imageClassification)).toBeNull();
  });

  it('is still starting while the run before is cleared away', () => {
    const starting = { ...idleRun, starting: true, activity: 'Getting ready' };
    expect(reduceRun(starting, state('idle'))).toMatchObject({ starting: true, activity: 'Getting ready' });
    expect(reduceRun(starting, state('running'))).toMatchObject({ starting: false, state: 'running' });
  });

  it('says what it does in the language in use later', () => {
    const preparing = { kind: 'preparing', phase: 'search', done: 1, total: 2 } as const;
    const { activity } = reduceRun(idleRun, preparing);
    setLanguage('zh-CN', messages);
    expect(said(activity ?? '')).toMatch(/^[^A-Za-z]*搜索[^A-Za-z]*$/);
  });

  it('shows and announces what it was warned of', () => {
    const started: WireEvent = {
      kind: 'started',
      validation: 'accuracy',
      phases: [],
      seedCosts: {},
      warnings: ['Few pictures.', 'One class.'],
    };
    expect(reduceRun(idleRun, started)).toMatchObject({ warnings: ['Few pictures.', 'One class.'], fitting: null });
    expect(reduceRun(idleRun, { ...started, fitting: 321 }).fitting).toBe(321);
    expect(announcementFor(started, imageClassification)).toBe('Few pictures. One class.');
    expect(announcementFor({ ...started, warnings: [] }, imageClassification)).toBeNull();
  });

  it('goes back to its result when a further derivation is stopped', () => {
    const events = [
      state('running'),
      targets(40_000),
      { kind: 'result', step: 1, result },
      state('finished'),
      targets(12_000),
      state('running'),
      derived,
    ] as const;
    const under = (events as readonly WireEvent[]).reduce(reduceRun, idleRun);
    expect(under).toMatchObject({ choice: { a: 'identity' }, resultTargets: { flashBytes: 12_000 } });
    // The network before had these.
    expect(under.qualities).toEqual({});
    const stopped = reduceRun({ ...under, qualities: { derived: 0.1 } }, state('finished'));
    expect(stopped).toMatchObject({ choice: { a: 'conv3x3' }, qualities: { final: 0.9 }, resultTargets: { flashBytes: 40_000 } });
  });

  it('shows the costs of the chosen network, while no search moves on from it', () => {
    const shown = reduceRun(idleRun, { ...derived, costs: { flashBytes: 11_000 } } as WireEvent);
    expect(shown.chosen).toEqual({ costs: { flashBytes: 11_000 }, trained: false });
    const masks = { kind: 'masks', step: 2, groups: [], table: {} } as unknown as WireEvent;
    expect(reduceRun(shown, masks).chosen).toBeNull();
    const found = reduceRun(shown, { kind: 'result', step: 3, result });
    expect(found.chosen).toEqual({ costs: { flashBytes: 30_000 }, trained: true });
  });

  it('keeps what was compared when the comparison is stopped, and forgets it with the result', () => {
    const network = { as: 'random', choice: {}, channels: [], costs: {}, quality: 0.5 } as const;
    const planned = { kind: 'planned', phases: [{ phase: 'comparison', epochs: 3, stepsPerEpoch: 1, macs: 1 }] } as const;
    const compared = { kind: 'compared', step: 3, ...network } as const;
    const found = { kind: 'result', step: 1, result } as const;
    const under = ([found, state('running'), planned, compared] as readonly WireEvent[]).reduce(reduceRun, idleRun);
    expect(under).toMatchObject({ comparing: true, qualities: { final: 0.9 } });
    const stopped = reduceRun(under, state('finished'));
    expect(stopped).toMatchObject({ comparing: false, result: { comparison: [network] }, choice: { a: 'conv3x3' } });
    expect(announcementFor(compared, imageClassification)).toBe('Random network: accuracy 50.0 %.');
    expect(reduceRun(stopped, found).result?.comparison).toBeUndefined();
    expect(announcementFor({ kind: 'state', state: 'finished', searched: true, cut: true }, imageClassification)).toBe('Stopped.');
  });

  it('lists networks on trial once each, and anew when another derivation tries its own', () => {
    const trial = (place: string, epochs: number) =>
      ({
        kind: 'trial',
        step: 1,
        choice: { place },
        channels: [],
        costs: {},
        epochs,
        trainLoss: 2,
        validationQuality: 0.1,
        hypervolume: 0,
      }) as const;
    const phase = { kind: 'phase', phase: 'trials', metricNames: [], implementation: '' } as const;
    const run = [trial('a', 1), trial('b', 1), trial('a', 3)].reduce(reduceRun, idleRun);
    expect(run.trials.map(({ choice, epochs }) => [choice.place, epochs])).toEqual([
      ['a', 3],
      ['b', 1],
    ]);
    expect(reduceRun(run, phase).trials).toEqual([]);
    const again = [{ kind: 'result', step: 2, result } as const, state('running'), phase, trial('c', 1)].reduce(reduceRun, run);
    expect(again.trials.map(({ choice }) => choice.place)).toEqual(['c']);
    expect(reduceRun(again, state('finished')).trials).toEqual(run.trials);
  });
});
