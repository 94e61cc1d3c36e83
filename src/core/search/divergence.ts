/** A loss that became infinite or not a number: what it is likely to come from, and gentler settings to try. */
import type { SearchConfig } from '../config/searchConfig';
import { WorkbenchError, type ErrorCode, type ErrorDetails } from '../errors';
import { sentencesLater } from '../language/lists';
import { locale, say, word } from '../language/say';
import { sayLater, type Told } from '../language/told';
import { taskFor } from '../tasks/index';
import { comparesOnly, type Phase } from './events';

/** Settings that a run may go back with. */
export const eased = ['weightRate', 'warmup.rate', 'archRate', 'objective.strength'] as const;

/** A setting that is made gentler. */
export interface Easing {
  readonly setting: (typeof eased)[number];
  readonly was: number;
  readonly now: number;
}

/** A rate this many times that of the task's quick preset is taken for the cause. */
const SUSPECT = 4;
/** A strength above this one is taken for the cause where no rate is: each cost of the seed network adds so much to the loss. */
const SUSPECT_STRENGTH = 4;

/** In English. */
const names: Readonly<Record<Easing['setting'], string>> = {
  weightRate: word('learning rate'),
  'warmup.rate': word('learning rate of the warm-up'),
  archRate: word('learning rate of the architecture'),
  'objective.strength': word('strength of the costs'),
};

/** The same error with what is likely to have caused it; an error of another kind as it is. */
export function withLikelyCause(error: unknown, config: SearchConfig): unknown {
  if (!(error instanceof WorkbenchError) || error.code !== 'loss-not-finite' || error.details.phase === undefined) return error;
  return new WorkbenchError(error.code, sentencesLater([error.told, likelyCause(config, error.details)]), error.details);
}

function likelyCause(config: SearchConfig, details: ErrorDetails): Told {
  const [rate] = easings(config, details);
  if (config.batchSize === 1)
    return sayLater(
      'Steps of one example are a likely cause, since batch norms then normalise by that example alone: take more examples per step.',
    );
  if (!rate) return sayLater('The cause is not known: try again with milder settings.');
  const { setting, was, now } = rate;
  if (setting === 'objective.strength')
    return sayLater('The strength of the costs is a likely cause: at {was}, each cost of the seed network adds as much to the loss.', {
      was: numberText(was),
    });
  if (isUsual(rate))
    return sayLater('The cause is not certain; most often the {setting} is too high. It was {was}.', {
      setting: sayLater(names[setting]),
      was: numberText(was),
    });
  return sayLater('The {setting} of {was} is the likely cause: the task’s quick preset has {now}.', {
    setting: sayLater(names[setting]),
    was: numberText(was),
    now: numberText(now),
  });
}

/**
 * Settings to make gentler, each by itself, the likeliest cause first. A rate far above the quick preset's falls to that one, any other
 * setting by half.
 * @param details of an error `loss-not-finite` that training threw
 */
export function easings(config: SearchConfig, details: ErrorDetails): Easing[] {
  const { phase, metric } = details as { readonly phase?: Phase; readonly metric?: string };
  if (phase === undefined || comparesOnly(phase)) return [];
  const { weightRate: usual, archRate: usualArch } = taskFor(config.task).presets.quick;
  const own = phase === 'warmup' ? config.warmup.rate : null;
  const weights = own === null ? gentler('weightRate', config.weightRate, usual) : gentler('warmup.rate', own, usual);
  const searches = phase === 'search' || phase === 'masks';
  const architecture = searches ? [gentler('archRate', config.archRate, usualArch)] : [];
  const strength = searches && config.objective ? [gentler('objective.strength', config.objective.strength, 0)] : [];
  if (config.objective && config.objective.strength > SUSPECT_STRENGTH && [weights, ...architecture].every(isUsual))
    return [...strength, weights, ...architecture];
  // A cost or a penalty follows from the architecture alone.
  const byArchitecture = metric !== undefined && /^(penalty|cost|weight|channels)(\/|$)/.test(metric);
  return byArchitecture ? [...architecture, ...strength, weights] : [weights, ...architecture, ...strength];
}

/** The same for any error of a run; none where it did not come from a loss that was no number. */
export function easingsAfter(error: { readonly code: ErrorCode; readonly details: ErrorDetails } | null, config: SearchConfig): Easing[] {
  return error?.code === 'loss-not-finite' ? easings(config, error.details) : [];
}

const isUsual = ({ was, now }: Easing) => was <= SUSPECT * now;

const gentler = (setting: Easing['setting'], was: number, usual: number): Easing => ({
  setting,
  was,
  now: usual > 0 && was > SUSPECT * usual ? usual : was / 2,
});

/** "half the learning rate", "the learning rate 0.001" */
export function easingText({ setting, was, now }: Easing): string {
  if (now === was / 2) return say('half the {setting}', { setting: say(names[setting]) });
  return say('the {setting} {now}', { setting: say(names[setting]), now: numberText(now) });
}

const numberText = (value: number) => value.toLocaleString(locale(), { maximumSignificantDigits: 3 });
