/** One choice of a search's method or training, and its values. `choices.ts` lists them all. */
import { word } from '../language/say';
import { sayLater, type Told } from '../language/told';
import type { Domain, Value } from './domain';
import type { Choices, Objective, SpaceKind } from './searchConfig';

export interface Choice {
  /** The option without its two dashes; in the plural if it lists names. */
  readonly option: string;
  /** The option's argument, for the help. */
  readonly form: string;
  /** What the choice decides. */
  readonly help: string;
  /** The part of the page that shows it: beside the method, or one of two that open. */
  readonly group: 'space' | 'method' | 'training';
  /**
   * How the option gives the values of the parts. `one`: there is a single part. `list`: a value for each part, separated by
   * commas. `each`: the same, or one value for all. `costs`: costs and the part's value, or nothing.
   */
  readonly shape: 'one' | 'list' | 'each' | 'costs';
  /** The strategies that it matters to: those with gradients, or those that name it; left out for all. */
  readonly only?: 'gradients' | 'named';
  readonly parts: readonly [Part, ...Part[]];
}

/** One value of a choice: a field on the page and a key of the config. */
export interface Part {
  readonly path: Path;
  /** The field's label, in English. */
  readonly label: string;
  readonly takes: Domain;
  /** The space that must be searched for the value to matter; left out if it always matters. */
  readonly space?: SpaceKind;
  /** The choice whose value applies instead of null, or what does in words; null is not allowed without either. */
  readonly follows?: Path;
  readonly unset?: string;
}

/** The path of a value, such as `warmup.rate`. */
export type Path = Leaf<Omit<Choices, 'objective'>> | `objective.${Leaf<Pick<Objective, 'strength'>>}`;
type Leaf<T> = { [Key in keyof T & string]: T[Key] extends Value ? Key : `${Key}.${Leaf<T[Key]>}` }[keyof T & string];

/** A part's label when it is shown among all others. */
export const fullLabel = ({ shape }: Choice, { label, space }: Part): Told =>
  shape === 'each' && space
    ? sayLater('{label}, {space}', { label: sayLater(label), space: sayLater(spaceWords[space]) })
    : sayLater(label);

/** Kinds of spaces, in English. */
const spaceWords: Readonly<Record<SpaceKind, string>> = { candidates: word('candidates'), channels: word('channels') };

/** The value at a path; undefined if there is none. */
export function valueAt(chosen: Partial<Choices>, path: Path): Value | undefined {
  return path.split('.').reduce<unknown>((from, key) => (from as Readonly<Record<string, unknown>> | null | undefined)?.[key], chosen) as
    Value | undefined;
}

/** The same choices with a new value at the part's path. */
export function withValue<Chosen extends Partial<Choices>>(chosen: Chosen, path: Path, value: Value): Chosen {
  const replaced = (from: unknown, [key, ...rest]: readonly string[]): unknown => {
    if (key === undefined) return value;
    const fields = from as Readonly<Record<string, unknown>>;
    return { ...fields, [key]: replaced(fields[key], rest) };
  };
  return replaced(chosen, path.split('.')) as Chosen;
}
