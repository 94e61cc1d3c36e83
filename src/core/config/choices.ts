/**
 * The list of all choices of a search's method and training. The check of a config, the command line's options and help, the page's
 * fields and the table in docs/method.md are made from it. A new choice needs its key in `searchConfig.ts`, its value in the
 * presets, and a row here.
 */
import { word } from '../language/say';
import { MOST_SEED } from '../random';
import { eitherOf, names, numberRange, onOff, wholeRange } from './domain';
import type { Choice } from './choice';
import { epochs, favoured, learntFrom, MOST_COUNT, optimizer, punished, ranking, rate, schedule, temperature } from './domains';
import type { Sampling, SearchConfig, Size, SpaceKind } from './searchConfig';

const MOST_NETWORKS = 10_000;

/** In display order. */
const rows = [
  {
    option: 'space',
    form: 'KIND',
    help: 'what is searched: any takes the first that the task has',
    group: 'space',
    shape: 'one',
    only: 'named',
    parts: [
      {
        path: 'space',
        label: word('Space'),
        takes: names<SearchConfig['space']>({
          // The page names the space that this is.
          any: '',
          candidates: word('Candidate operations'),
          channels: word('Numbers of channels'),
        }),
      },
    ],
  },
  {
    option: 'noise',
    form: 'KIND',
    help: 'noise on the candidates’ weights while they train',
    group: 'method',
    shape: 'one',
    only: 'gradients',
    parts: [
      {
        path: 'sampling.noise',
        label: word('Candidates’ weights'),
        takes: names<Sampling['noise']>({ none: word('Softmax'), gumbel: word('Gumbel-softmax') }),
        space: 'candidates',
      },
    ],
  },
  {
    option: 'mixing',
    form: 'KIND',
    help: 'all candidates by weight, or one at a time',
    group: 'method',
    shape: 'one',
    only: 'gradients',
    parts: [
      {
        path: 'sampling.hard',
        label: word('Mixing'),
        takes: eitherOf(
          { name: 'soft', label: word('All candidates by weight') },
          { name: 'hard', label: word('One candidate at a time') },
        ),
        space: 'candidates',
      },
    ],
  },
  {
    option: 'icv',
    form: 'N',
    help: 'strength of the penalty on candidates of equal weight',
    group: 'method',
    shape: 'one',
    only: 'gradients',
    parts: [{ path: 'icv', label: word('Strength against equal weights (ICV)'), takes: numberRange(0, 1000), space: 'candidates' }],
  },
  {
    option: 'temperature',
    form: 'A,B',
    help: 'softmax temperature at the start and at the end of the search',
    group: 'method',
    shape: 'list',
    only: 'gradients',
    parts: [
      { path: 'temperature.start', label: word('Temperature at the start'), takes: temperature },
      { path: 'temperature.end', label: word('Temperature at the end'), takes: temperature },
    ],
  },
  {
    option: 'bilevel',
    form: 'WHEN',
    help: 'whether architecture parameters learn from the validation examples, taking turns with the weights',
    group: 'method',
    shape: 'each',
    only: 'gradients',
    parts: [
      { path: 'bilevel.candidates', label: word('Architecture learns from'), takes: learntFrom, space: 'candidates' },
      { path: 'bilevel.channels', label: word('Architecture learns from'), takes: learntFrom, space: 'channels' },
    ],
  },
  {
    option: 'objective',
    form: 'COST[,COST]=N',
    help: 'make costs (memory, latency, ram, ...) small with one fixed strength instead of holding them under their targets: classic search',
    group: 'method',
    shape: 'costs',
    only: 'gradients',
    parts: [{ path: 'objective.strength', label: word('Strength of the costs'), takes: numberRange(0, 1e6, 'least') }],
  },
  {
    option: 'penalty',
    form: 'KIND',
    help: 'punish what is above a target; or any distance from it; or what is above, and what a network as narrow as the tightest target asks would leave unused',
    group: 'method',
    shape: 'each',
    only: 'gradients',
    parts: [
      { path: 'excess.candidates', label: word('Penalty on'), takes: punished, space: 'candidates' },
      { path: 'excess.channels', label: word('Penalty on'), takes: punished, space: 'channels' },
    ],
  },
  {
    option: 'start',
    form: 'WHERE',
    help: 'what a search favours at its start: no candidate or channel, or those of the largest network that fits, or of the one with the most parameters evenly spread over its layers',
    group: 'method',
    shape: 'each',
    only: 'gradients',
    parts: [
      { path: 'start.candidates', label: word('Weights start'), takes: favoured, space: 'candidates' },
      { path: 'start.channels', label: word('Weights start'), takes: favoured, space: 'channels' },
    ],
  },
  {
    option: 'shortlist',
    form: 'N',
    help: 'networks that are tried out before one is derived: the largest ones that fit, then those of greatest weight; 1 takes the latter alone',
    group: 'method',
    shape: 'one',
    only: 'gradients',
    parts: [{ path: 'shortlist', label: word('Networks on trial'), takes: wholeRange(1, MOST_NETWORKS) }],
  },
  {
    option: 'budget',
    form: 'N',
    help: 'work of all training, in epochs of the seed network',
    group: 'method',
    shape: 'one',
    only: 'named',
    parts: [
      {
        path: 'budget',
        label: word('Budget in epochs of the seed network'),
        takes: numberRange(0, MOST_COUNT, 'least'),
        unset: word('as the gradient search takes'),
      },
    ],
  },
  {
    option: 'networks',
    form: 'N',
    help: 'networks to try: drawn at random, or ranked highest; evolution’s population',
    group: 'method',
    shape: 'one',
    only: 'named',
    parts: [
      {
        path: 'networks',
        label: word('Networks to try'),
        takes: wholeRange(1, MOST_NETWORKS),
        unset: word('6, or as many as meet the targets'),
      },
    ],
  },
  {
    option: 'largest-by',
    form: 'SIZE',
    help: 'what the largest network has most of',
    group: 'method',
    shape: 'one',
    only: 'named',
    parts: [
      {
        path: 'largestBy',
        label: word('Largest by'),
        takes: names<Size>({ params: word('Parameters'), macs: word('Multiply-accumulates') }),
      },
    ],
  },
  {
    option: 'score',
    form: 'NAME',
    help: 'what networks are ranked by before any is trained',
    group: 'method',
    shape: 'one',
    only: 'named',
    parts: [
      {
        path: 'score',
        label: word('Ranked by'),
        takes: ranking,
      },
    ],
  },
  {
    option: 'optimizer',
    form: 'NAME',
    help: 'optimizer of the weights in search and fine-tuning; architecture parameters have Adam',
    group: 'method',
    shape: 'one',
    parts: [{ path: 'optimizer', label: word('Optimizer, search and fine-tune'), takes: optimizer }],
  },
  {
    option: 'warmup-optimizer',
    form: 'NAME',
    help: 'optimizer of the weights in warm-up',
    group: 'method',
    shape: 'one',
    parts: [
      {
        path: 'warmup.optimizer',
        label: word('Optimizer, warm-up'),
        takes: optimizer,
      },
    ],
  },
  {
    option: 'warmup-rate',
    form: 'N',
    help: 'learning rate of the weights in warm-up',
    group: 'method',
    shape: 'one',
    parts: [{ path: 'warmup.rate', label: word('Learning rate, warm-up'), takes: rate, follows: 'weightRate' }],
  },
  {
    option: 'schedules',
    form: 'W,S,F',
    help: 'learning-rate schedule of each phase',
    group: 'method',
    shape: 'list',
    parts: [
      { path: 'schedules.warmup', label: word('Schedule, warm-up'), takes: schedule },
      { path: 'schedules.search', label: word('Schedule, search'), takes: schedule },
      { path: 'schedules.finetune', label: word('Schedule, fine-tune'), takes: schedule },
    ],
  },
  {
    option: 'weight-decay',
    form: 'N',
    help: 'pull of the weights towards 0; architecture parameters have none',
    group: 'method',
    shape: 'one',
    parts: [{ path: 'weightDecay', label: word('Weight decay'), takes: numberRange(0, 1) }],
  },
  {
    option: 'patience',
    form: 'N',
    help: 'epochs without a better validation accuracy until search or fine-tuning ends; 0 for never',
    group: 'method',
    shape: 'one',
    parts: [{ path: 'earlyStop.patience', label: word('Patience in epochs (0: none)'), takes: wholeRange(0, MOST_COUNT) }],
  },
  {
    option: 'patience-from',
    form: 'N',
    help: 'share of a search after which its patience counts; the constraints are not in full force before',
    group: 'method',
    shape: 'one',
    only: 'gradients',
    parts: [{ path: 'earlyStop.searchFrom', label: word('Share of a search before patience'), takes: numberRange(0, 1) }],
  },
  {
    option: 'finetune-patience',
    form: 'N',
    help: 'the same for fine-tuning alone',
    group: 'method',
    shape: 'one',
    parts: [
      {
        path: 'earlyStop.finetune',
        label: word('Patience, fine-tune'),
        takes: wholeRange(0, MOST_COUNT),
        follows: 'earlyStop.patience',
      },
    ],
  },
  {
    option: 'validation',
    form: 'N',
    help: 'share of the training examples kept apart for choosing, such as 0.1; unused where the data name validation examples',
    group: 'method',
    shape: 'one',
    parts: [{ path: 'validationShare', label: word('Validation share'), takes: numberRange(0, 1, 'both') }],
  },
  {
    option: 'epochs',
    form: 'W,S,F',
    help: 'epochs of warm-up, search and fine-tuning',
    group: 'training',
    shape: 'list',
    parts: [
      { path: 'epochs.warmup', label: word('Warm-up epochs'), takes: epochs },
      { path: 'epochs.search', label: word('Search epochs'), takes: wholeRange(1, MOST_COUNT) },
      { path: 'epochs.finetune', label: word('Fine-tune epochs'), takes: epochs },
    ],
  },
  {
    option: 'batch',
    form: 'N',
    help: 'examples per training step',
    group: 'training',
    shape: 'one',
    parts: [{ path: 'batchSize', label: word('Examples per step'), takes: wholeRange(2, 4096) }],
  },
  {
    option: 'weight-rate',
    form: 'N',
    help: 'learning rate of the weights',
    group: 'training',
    shape: 'one',
    parts: [{ path: 'weightRate', label: word('Learning rate, weights'), takes: rate }],
  },
  {
    option: 'arch-rate',
    form: 'N',
    help: 'learning rate of the architecture parameters',
    group: 'training',
    shape: 'one',
    only: 'gradients',
    parts: [{ path: 'archRate', label: word('Learning rate, architecture'), takes: rate }],
  },
  {
    option: 'random-seed',
    form: 'N',
    help: 'seeds everything random (short: --seed)',
    group: 'training',
    shape: 'one',
    parts: [{ path: 'randomSeed', label: word('Random seed'), takes: wholeRange(0, MOST_SEED) }],
  },
  {
    option: 'augment',
    form: 'WHETHER',
    help: 'change training examples at random, as the task does: pictures are flipped and shifted',
    group: 'training',
    shape: 'one',
    parts: [
      {
        path: 'augment',
        label: word('Change training examples at random'),
        takes: onOff,
      },
    ],
  },
] as const satisfies readonly Choice[];

export type ChoiceOption = (typeof rows)[number]['option'];

export const choices: readonly (Choice & { readonly option: ChoiceOption })[] = rows;

/** Whether a choice matters to a strategy. */
export function matters({ option, only, parts }: Choice, { gradients, options, searches }: ChoosingStrategy): boolean {
  if (parts.every(({ space }) => space !== undefined && !searches.includes(space))) return false;
  return only === undefined || (only === 'gradients' ? gradients : options.includes(option as ChoiceOption));
}

/** What of a strategy decides which choices matter to it. */
export interface ChoosingStrategy {
  /** Whether it trains architecture parameters. */
  readonly gradients: boolean;
  /** The choices that only some strategies have, and this one has. */
  readonly options: readonly ChoiceOption[];
  readonly searches: readonly SpaceKind[];
}
