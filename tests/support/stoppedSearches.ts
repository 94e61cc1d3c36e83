import type { SearchConfig } from '../../src/core/config/searchConfig';

/**
 * Searches to stop and go on with, and after how many pauses each is stopped: more than an evaluation takes, since one that was cut
 * short begins anew.
 */
export const stoppedSearches: readonly (readonly [string, Partial<SearchConfig>, number])[] = [
  ['over candidates, with the seed network', { method: 'supernet', seedNetwork: true }, 7],
  [
    'over channels with momentum, whose best epoch is seldom its last',
    { method: 'pit', optimizer: 'momentum', epochs: { warmup: 1, search: 2, finetune: 5 } },
    7,
  ],
  [
    'over candidates with Gumbel noise, then channels',
    { method: 'supernet+pit', sampling: { noise: 'gumbel', hard: true }, temperature: { start: 2, end: 0.3 } },
    7,
  ],
  [
    'in turns, with warm-up by SGD and an early stop',
    {
      method: 'supernet+pit',
      bilevel: { candidates: 'steps', channels: 'epochs' },
      validationShare: 0.4,
      warmup: { optimizer: 'sgd', rate: null },
      earlyStop: { patience: 1, searchFrom: 0, finetune: null },
      epochs: { warmup: 1, search: 3, finetune: 3 },
    },
    11,
  ],
  [
    'over candidates, two of which are tried out',
    { method: 'supernet', start: { candidates: 'largest', channels: 'even' }, shortlist: 2 },
    7,
  ],
  ['over networks drawn at random', { method: 'random', networks: 3, budget: 8 }, 7],
  [
    'over networks that are ranked before any is trained',
    { method: 'training-free', score: 'synflow', networks: 2, budget: 8, targets: { flashBytes: 12_000 } },
    7,
  ],
  ['that changes good networks', { method: 'evolution', networks: 2, budget: 8 }, 7],
  ['over small networks with dropout, one after another', { method: 'tournament', targets: {} }, 6],
];
