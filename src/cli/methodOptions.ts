/** The command line's options for how a search goes: each overrides one choice of the preset. */
import type { MetricId } from '../core/cost/metrics';
import type { Alternation } from '../core/config/searchConfig';
import type { Schedule } from '../core/config/searchConfig';
import type { Excess } from '../core/config/searchConfig';
import type { Objective, Preset, SpaceKind } from '../core/config/searchConfig';
import { usageError } from './exit';
import { parseNumber } from './quantity';
import { metricOf } from './targetOptions';

export const methodOptions = {
  'weight-rate': { type: 'string' },
  'arch-rate': { type: 'string' },
  'warmup-rate': { type: 'string' },
  'warmup-optimizer': { type: 'string' },
  'weight-decay': { type: 'string' },
  schedules: { type: 'string' },
  patience: { type: 'string' },
  validation: { type: 'string' },
  bilevel: { type: 'string' },
  noise: { type: 'string' },
  mixing: { type: 'string' },
  temperature: { type: 'string' },
  icv: { type: 'string' },
  penalty: { type: 'string' },
  objective: { type: 'string' },
} as const;

export const METHOD_HELP = `How the search goes (defaults are the preset's):
  --weight-rate N, --arch-rate N, --warmup-rate N
                       learning rates of weights and architecture parameters; of the weights in warm-up
  --warmup-optimizer N adam|sgd
  --weight-decay N     pull of the weights towards 0; architecture parameters have none
  --schedules W,S,F    learning-rate schedule of each phase: constant|cosine|exponential|steps
  --patience N         epochs without a better validation accuracy until a phase ends; 0 for never
  --validation N       share of the training pictures kept apart for choosing, such as 0.1
  --bilevel WHEN       off|epochs|steps: architecture parameters learn from the validation pictures, taking turns
  --noise KIND         none|gumbel: noise on the candidates' weights while they train
  --mixing KIND        soft|hard: all candidates by weight, or one at a time
  --temperature A,B    softmax temperature at the start and at the end of the search
  --icv N              strength of the penalty on candidates of equal weight
  --penalty KIND       above|absolute|proportionate: punish what is above a target; or any distance from it; or what is above, and
                       what a network as narrow as the tightest target asks would leave unused
                       (--bilevel and --penalty take two for supernet+pit, such as steps,off: candidates, channels)
  --objective COST[,COST]=N
                       make costs (memory, latency, ram, ...) small with one fixed strength instead of holding
                       them under their targets: classic search`;

export type MethodValues = { readonly [Name in keyof typeof methodOptions]?: string | undefined };

/** The preset with what the options change of it. @throws WorkbenchError `invalid-setting` */
export function applyMethodOptions(preset: Preset, values: MethodValues): Preset {
  const given = <T>(name: keyof MethodValues, fallback: T, parse: (text: string, option: string) => T): T => {
    const text = values[name];
    return text === undefined ? fallback : parse(text, `--${name}`);
  };
  const { warmup, schedules, sampling } = preset;
  return {
    ...preset,
    weightRate: given('weight-rate', preset.weightRate, positive),
    archRate: given('arch-rate', preset.archRate, positive),
    weightDecay: given('weight-decay', preset.weightDecay, notNegative),
    warmup: {
      optimizer: given('warmup-optimizer', warmup.optimizer, (text, option) => oneOf(option, text, ['adam', 'sgd'])),
      rate: given<number | null>('warmup-rate', warmup.rate, positive),
    },
    schedules: given('schedules', schedules, parseSchedules),
    earlyStop: { ...preset.earlyStop, patience: given('patience', preset.earlyStop.patience, whole) },
    validationShare: given('validation', preset.validationShare, share),
    bilevel: given('bilevel', preset.bilevel, (text, option) => perKind<'off' | Alternation>(option, text, ['off', 'epochs', 'steps'])),
    sampling: {
      noise: given('noise', sampling.noise, (text, option) => oneOf(option, text, ['none', 'gumbel'])),
      hard: given('mixing', sampling.hard, (text, option) => oneOf(option, text, ['soft', 'hard']) === 'hard'),
    },
    temperature: given('temperature', preset.temperature, parseTemperature),
    icv: given('icv', preset.icv, notNegative),
    excess: given('penalty', preset.excess, (text, option) => perKind<Excess>(option, text, ['above', 'absolute', 'proportionate'])),
  };
}

/** @throws WorkbenchError `invalid-setting`; null without the option */
export function parseObjective(text: string | undefined): Objective | null {
  if (text === undefined) return null;
  const [costs, strength, rest] = text.split('=');
  if (costs === undefined || strength === undefined || rest !== undefined)
    throw usageError(`--objective takes costs and one strength, such as memory,latency=0.5, not "${text}"`);
  const metrics = costs.split(',').map((cost) => metricOf[oneOf('--objective', cost, Object.keys(metricOf))] as MetricId);
  return { metrics: [...new Set(metrics)], strength: positive(strength, '--objective') };
}

function parseSchedules(text: string, option: string): Preset['schedules'] {
  const parts = text.split(',');
  if (parts.length !== 3) throw usageError(`${option} takes three schedules, such as cosine,constant,cosine, not "${text}"`);
  const [warmup, search, finetune] = parts.map((part) => oneOf<Schedule>(option, part, ['constant', 'cosine', 'exponential', 'steps']));
  return { warmup: warmup as Schedule, search: search as Schedule, finetune: finetune as Schedule };
}

function parseTemperature(text: string, option: string): Preset['temperature'] {
  const parts = text.split(',');
  if (parts.length !== 2) throw usageError(`${option} takes two numbers, such as 1,0.03, not "${text}"`);
  const [start, end] = parts.map((part) => positive(part, option));
  return { start: start as number, end: end as number };
}

/** One name for both kinds of space, or one for each. */
function perKind<Name extends string>(option: string, text: string, known: readonly Name[]): Record<SpaceKind, Name> {
  const parts = text.split(',');
  if (parts.length > 2) throw usageError(`${option} takes one choice, or one for candidates and one for channels, not "${text}"`);
  const [candidates, channels = candidates] = parts.map((part) => oneOf(option, part, known)) as [Name, Name?];
  return { candidates, channels };
}

function oneOf<Name extends string>(option: string, text: string, known: readonly Name[]): Name {
  const found = known.find((name) => name === text);
  if (found === undefined) throw usageError(`${option} takes ${known.join(', ')}, not "${text}"`);
  return found;
}

function positive(text: string, option: string): number {
  const value = notNegative(text, option);
  if (value === 0) throw usageError(`${option} takes a number above 0, not "${text}"`);
  return value;
}

function notNegative(text: string, option: string): number {
  const value = parseNumber(option, text);
  if (!(value >= 0 && value <= 1e6)) throw usageError(`${option} takes a number from 0 to 1000000, not "${text}"`);
  return value;
}

function share(text: string, option: string): number {
  const value = positive(text, option);
  if (value >= 1) throw usageError(`${option} takes a number between 0 and 1, not "${text}"`);
  return value;
}

function whole(text: string, option: string): number {
  const value = parseNumber(option, text, 'count');
  if (!(Number.isInteger(value) && value >= 0 && value <= 1e6))
    throw usageError(`${option} takes a whole number from 0 to 1000000, not "${text}"`);
  return value;
}
