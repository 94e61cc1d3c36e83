/**
 * The values that a setting accepts, and the sentence that refuses all others. The command line, the page and a search share it.
 */

import { commasLater } from '../language/lists';
import { word } from '../language/say';
import { sayLater, type Told } from '../language/told';
import { float32Range, isInFloat32 } from './float32';
import { HAND_SCHEDULE_TEXT, isHandSchedule } from './handSchedule';
import type { HandSchedule } from './searchConfig';

/** A single setting of a search. Null is only allowed for a choice that may follow another one. */
export type Value = string | number | boolean | HandSchedule | null;

export type Domain = NumberRange | Names;

export interface NumberRange {
  readonly kind: 'number';
  readonly whole: boolean;
  readonly least: number;
  readonly most: number;
  /** Which ends of the range are excluded. */
  readonly open: 'none' | 'least' | 'both';
}

export interface Names {
  readonly kind: 'names';
  /** In display order. */
  readonly names: readonly Named[];
  /** Whether a schedule by hand will do as well. */
  readonly orByHand?: true;
}

interface Named {
  /** Name on the command line. */
  readonly name: string;
  /** Label on the page, in English. */
  readonly label: string;
  /** Value in a search's config. */
  readonly value: string | boolean;
}

export const numberRange = (least: number, most: number, open: NumberRange['open'] = 'none'): NumberRange => ({
  kind: 'number',
  whole: false,
  least,
  most,
  open,
});

export const wholeRange = (least: number, most: number): NumberRange => ({ kind: 'number', whole: true, least, most, open: 'none' });

/** @param labels each name, which is also the value, with its label */
export function names<Name extends string>(labels: Readonly<Record<Name, string>>): Names {
  return { kind: 'names', names: (Object.entries(labels) as [Name, string][]).map(([name, label]) => ({ name, label, value: name })) };
}

/** Two names for false and true. */
export function eitherOf(no: Omit<Named, 'value'>, yes: Omit<Named, 'value'>): Names {
  return {
    kind: 'names',
    names: [
      { ...no, value: false },
      { ...yes, value: true },
    ],
  };
}

/** On or off. */
export const onOff = eitherOf({ name: 'off', label: word('Off') }, { name: 'on', label: word('On') });

/** "a number from 0 to 1", "off, epochs, steps": the accepted values, as the end of a sentence. */
export function takesText(domain: Domain): Told {
  if (domain.kind === 'names')
    return commasLater([...domain.names.map(({ name }) => name), ...(domain.orByHand ? [sayLater(HAND_SCHEDULE_TEXT)] : [])]);
  const values = { least: String(domain.least), most: String(domain.most), kind: domain.whole ? 'whole' : 'any' };
  if (domain.open === 'both') return sayLater('{kind, select, whole {a whole number} other {a number}} between {least} and {most}', values);
  if (domain.open === 'least')
    return sayLater('{kind, select, whole {a whole number} other {a number}} above {least}, at most {most}', values);
  return sayLater('{kind, select, whole {a whole number} other {a number}} from {least} to {most}', values);
}

/** The accepted values, as `takesText` says them, if this value is refused; null if it is accepted. */
export function refusal(domain: Domain, value: unknown): Told | null {
  if (domain.kind === 'names') {
    const taken = domain.names.some((named) => named.value === value) || (domain.orByHand && isHandSchedule(value));
    return taken ? null : takesText(domain);
  }
  if (typeof value !== 'number' || !isWithin(domain, value)) return takesText(domain);
  return isInFloat32(value) ? null : float32Range();
}

function isWithin({ whole, least, most, open }: NumberRange, value: number): boolean {
  if (!(value >= least && value <= most) || (whole && !Number.isInteger(value))) return false;
  return !(open !== 'none' && value === least) && !(open === 'both' && value === most);
}
