import { describe, expect, it } from 'vitest';
import { whyCandidate, whyChannels, type CandidateFacts, type ChannelFacts, type PlaceFacts } from './why';

const small: CandidateFacts = { name: '3×3', costs: { flashBytes: 2000 }, start: 0.2, end: 0.9, pull: { task: 0, penalty: 0 } };
const large: CandidateFacts = { name: '5×5', costs: { flashBytes: 5100 }, start: 0.6, end: 0.1, pull: { task: 0, penalty: 0 } };

/** The reason for 3×3 when these are its pulls less those of 5×5. */
function reason(task: number, penalty: number, changes: Partial<PlaceFacts> = {}) {
  const candidates = [{ ...small, pull: { task, penalty } }, large];
  return whyCandidate({ candidates, chosen: 0, derived: 0, losses: null, ...changes });
}

describe('the reason for a candidate', () => {
  it.each([
    ['penalty', 0.01, 0.2, '5×5 lost: it costs 3.1 kB more flash memory and helped the loss little.'],
    ['penalty', -0.1, 0.2, '5×5 lost, though it helped the loss more: it costs 3.1 kB more flash memory, and the penalty pulled harder.'],
    ['task', 0.2, 0, '3×3 won over 5×5: it helped the loss more, and the penalty hardly told them apart.'],
    ['both', 0.1, 0.2, '5×5 lost on both counts: it costs 3.1 kB more flash memory, and it helped the loss less than 3×3.'],
    ['unknown', -0.3, 0.2, 'The recorded pulls do not explain it: on average they favoured 5×5 over 3×3.'],
  ] as const)('is the %s for pulls of %d and %d', (decider, task, penalty, text) => {
    expect(reason(task, penalty)).toEqual({ decider, text });
  });

  it('is the task where the dearer one wins', () => {
    const candidates = [
      { ...large, start: 0.2, end: 0.9, pull: { task: 0.3, penalty: -0.2 } },
      { ...small, end: 0.1 },
    ];
    expect(whyCandidate({ candidates, chosen: 0, derived: 0, losses: null })).toEqual({
      decider: 'task',
      text: '5×5 won over 3×3, though it costs 3.1 kB more flash memory: it helped the loss, which pulled harder than the penalty.',
    });
  });

  it('does not credit pulls that say the contrary to one that led from the start', () => {
    const candidates = [
      { ...small, start: 0.6, pull: { task: -1, penalty: 0 } },
      { ...large, start: 0.2 },
    ];
    expect(whyCandidate({ candidates, chosen: 0, derived: 0, losses: null }).text).toContain(
      'It began with more weight, 60 %, and kept the lead.',
    );
  });

  it('is the derivation where another had the greatest weight', () => {
    const candidates = [
      { ...small, end: 0.3 },
      { ...large, end: 0.7 },
    ];
    const { decider, text } = whyCandidate({ candidates, chosen: 0, derived: 0, losses: null });
    expect(decider).toBe('constraints');
    expect(text).toMatch(/^5×5 had the greatest weight after the search, 70 %\. .*took 3×3, which costs 3\.1 kB less flash memory\.$/);
  });

  it('is the trials where the search stood for another', () => {
    expect(reason(1, 1, { derived: 1, losses: { instead: 1.5, chosen: 1.25 } })).toEqual({
      decider: 'trials',
      text: 'The search stood for 5×5. The network with 3×3 won the trials: its training loss was 1.250 there, against 1.500.',
    });
  });

  it('is not made up where nothing was recorded', () => {
    for (const missing of [{ pull: null }, { end: null }])
      expect(whyCandidate({ candidates: [{ ...small, ...missing }, large], chosen: 0, derived: 0, losses: null }).decider).toBe('unknown');
  });
});

describe('the reason for numbers of channels', () => {
  const facts: ChannelFacts = { total: 16, kept: 10, derived: 10, searched: 10, costs: { flashBytes: 120 }, swing: null, losses: null };
  const swing = { fewest: 10, down: { task: 0, penalty: -1 }, up: null };
  it.each([
    ['penalty', 10, 0.01, -0.2, '6 of 16 channels went: the penalty pulled at them, and they helped the loss little.'],
    ['penalty', 10, 0.1, -0.2, '6 of 16 channels went, though they helped the loss: the penalty pulled harder.'],
    ['both', 10, -0.1, -0.2, '6 of 16 channels went: the penalty pulled at them, and the loss fell without them too.'],
    ['task', 10, -0.1, 0, '6 of 16 channels went: the loss fell without them.'],
    [
      'penalty',
      10,
      0.3,
      -0.2,
      '6 of 16 channels went: the penalty pulled at all alike. The loss held them harder on average, so those that went helped it less than the others.',
    ],
    [
      'unknown',
      10,
      0.3,
      0.2,
      'The recorded pulls do not explain why 6 of 16 channels went: they are means over the channels, and single ones may differ.',
    ],
    ['task', 16, 0.3, -0.2, 'All 16 channels stayed: they helped the loss, which pulled harder than the penalty.'],
    [
      'unknown',
      16,
      0.1,
      -0.2,
      'The recorded pulls do not explain why all 16 channels stayed: they are means over the channels, and single ones may differ.',
    ],
  ] as const)('is the %s where %d stay, for pulls of %d and %d', (decider, kept, task, penalty, text) => {
    const reason = whyChannels({
      ...facts,
      kept,
      derived: kept,
      searched: kept,
      swing: { fewest: kept, down: { task, penalty }, up: null },
    });
    expect(reason).toEqual({ decider, text: `${text} A channel costs 0.12 kB of flash memory on average.` });
  });

  it.each([
    [
      0.1,
      0.2,
      'Then 3 came back: the costs were below the targets, to which the penalty draws from both sides, and the loss wanted them too.',
    ],
    [-0.1, 0.2, 'Then 3 came back: the costs were below the targets, to which the penalty draws from both sides.'],
    [0.3, -0.2, 'Then 3 came back, since they helped the loss.'],
    [0.1, -0.2, 'Then 3 came back, which the recorded pulls do not explain.'],
  ])('tells of channels that came back, for pulls of %d and %d', (task, penalty, text) => {
    const reason = whyChannels({ ...facts, swing: { fewest: 7, down: swing.down, up: { task, penalty } } });
    expect(reason).toEqual({
      decider: 'penalty',
      text: `9 of 16 channels went: the penalty pulled at them, and they helped the loss little. ${text} A channel costs 0.12 kB of flash memory on average.`,
    });
  });

  it('tells of channels that the last step brought back, which its reading was too early for', () => {
    const { text } = whyChannels({ ...facts, searched: 8, swing: { ...swing, fewest: 8 } });
    expect(text).toContain('8 of 16 channels went');
    expect(text).toContain('After that, the last step of the search brought 2 back.');
  });

  it('is the derivation where the targets asked for fewer than the masks left, and the trials where those chose', () => {
    expect(whyChannels({ ...facts, searched: 12, swing })).toEqual({
      decider: 'constraints',
      text: 'The search kept 12 of 16 channels. The derivation removed 2 more, which mattered least, so that the targets are met.',
    });
    expect(whyChannels({ ...facts, derived: 8, swing }).decider).toBe('trials');
    expect(whyChannels(facts).decider).toBe('unknown');
  });
});
