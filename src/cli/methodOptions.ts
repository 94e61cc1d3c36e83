/** The command line's options for the choices of a search: each overrides one choice of the preset. */
import type { MetricId } from '../core/cost/metrics';
import { withValue, type Choice } from '../core/config/choice';
import { choices, type ChoiceOption } from '../core/config/choices';
import type { NumberRange } from '../core/config/domain';
import type { Choices, Objective } from '../core/config/searchConfig';
import { usageError } from './exit';
import { oneOf, readNumberIn, readValue } from './optionValue';
import { metricOf } from './targetOptions';

export const methodOptions = Object.fromEntries(choices.map(({ option }) => [option, { type: 'string' }])) as Readonly<
  Record<ChoiceOption, { readonly type: 'string' }>
>;

type MethodValues = { readonly [Option in ChoiceOption]?: string | undefined };

/** The choices with what the options change of them. @throws WorkbenchError `invalid-setting` */
export function applyMethodOptions<Chosen extends Partial<Choices>>(chosen: Chosen, values: MethodValues): Chosen {
  return choices.reduce((changed, choice) => {
    const text = values[choice.option];
    return text === undefined ? changed : applied(changed, choice, text);
  }, chosen);
}

function applied<Chosen extends Partial<Choices>>(chosen: Chosen, choice: Choice, text: string): Chosen {
  const { option, shape, parts } = choice;
  if (shape === 'costs') return { ...chosen, objective: parseObjective(text) };
  const texts = textsOf(choice, text);
  return parts.reduce((changed, { path, label, takes }, index) => {
    const place = shape === 'list' ? ` as “${label}”` : '';
    return withValue(changed, path, readValue(`--${option}`, texts[index] as string, takes, place));
  }, chosen);
}

/** The text of each part. */
function textsOf({ option, form, shape, parts }: Choice, text: string): string[] {
  const texts = shape === 'one' ? [text] : text.split(',');
  if (texts.length === parts.length) return texts;
  if (shape === 'each' && texts.length === 1) return parts.map(() => text);
  const several =
    shape === 'each'
      ? `one choice, or one for ${parts.map(({ space }) => space).join(' and one for ')}`
      : `${numerals[parts.length]} ${parts[0].takes.kind === 'names' ? option : 'numbers'} (${form})`;
  throw usageError(`--${option} takes ${several}, not "${text}"`);
}

const numerals = ['no', 'one', 'two', 'three'];

/** @throws WorkbenchError `invalid-setting` */
export function parseObjective(text: string): Objective {
  const [costs, strength, rest] = text.split('=');
  if (costs === undefined || strength === undefined || rest !== undefined)
    throw usageError(`--objective takes costs and one strength, such as memory,latency=0.5, not "${text}"`);
  const metrics = costs.split(',').map((cost) => metricOf[oneOf('--objective', cost, Object.keys(metricOf))] as MetricId);
  const [{ takes }] = (choices.find(({ option }) => option === 'objective') as Choice).parts;
  return { metrics: [...new Set(metrics)], strength: readNumberIn('--objective', strength, takes as NumberRange) };
}
