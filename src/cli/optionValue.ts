/** Reads the values of options and refuses those that an option does not take. */
import { refusal, takesText, type Domain, type NumberRange, type Value } from '../core/config/domain';
import { readSchedule } from '../core/config/handSchedule';
import { said, type Told } from '../core/language/told';
import { usageError } from './exit';
import { parseNumber } from './quantity';

/**
 * @param option with its dashes, for the message
 * @param place of the value among several of the option, as the end of the message
 * @throws WorkbenchError `invalid-setting` that says what the option takes
 */
export function readValue(option: string, text: string, takes: Domain, place = ''): Value {
  if (takes.kind === 'number') return readNumberIn(option, text, takes, place);
  const named = takes.names.find(({ name }) => name === text);
  const byHand = takes.orByHand ? readSchedule(text) : null;
  return named?.value ?? byHand ?? refuse(option, takesText(takes), text, place);
}

/** As `readValue`. */
export function readNumberIn(option: string, text: string, range: NumberRange, place = ''): number {
  const value = parseNumber(option, text, range.whole ? 'count' : 'number');
  const instead = refusal(range, value);
  return instead === null ? value : refuse(option, instead, text, place);
}

/** As `readValue`, for one of a few names. */
export function oneOf<Name extends string>(option: string, text: string, known: readonly Name[]): Name {
  return known.find((name) => name === text) ?? refuse(option, known.join(', '), text);
}

function refuse(option: string, takes: Told, text: string, place = ''): never {
  throw usageError(`${option} takes ${said(takes)}, not "${text}"${place}`);
}
