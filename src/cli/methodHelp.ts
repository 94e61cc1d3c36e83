/** What the command line says of the choices of a search. */
import { valueAt, type Choice, type Part } from '../core/config/choice';
import { choices } from '../core/config/choices';
import { takesText, type Names } from '../core/config/domain';
import { HAND_SCHEDULE_TEXT, scheduleText } from '../core/config/handSchedule';
import type { Choices, HandSchedule } from '../core/config/searchConfig';
import { said } from '../core/language/told';

/** A choice's value as its option takes it; null where nothing is set. */
export function optionText({ parts, shape }: Choice, chosen: Choices): string | null {
  const texts = parts.map((part) => partText(part, chosen));
  if (texts.some((text) => text === null)) return null;
  return shape === 'each' && new Set(texts).size === 1 ? (texts[0] as string) : texts.join(',');
}

/** The same for a single value of it. */
export function partText({ path, takes }: Part, chosen: Choices): string | null {
  const value = valueAt(chosen, path);
  if (Array.isArray(value)) return scheduleText(value as HandSchedule);
  const named = takes.kind === 'names' ? takes.names.find((candidate) => candidate.value === value)?.name : value;
  return named === undefined || named === null ? null : String(named);
}

/** Where the help's sentences begin. */
const INDENT = 23;

/** The options of one of the page's groups, each with what it takes and what it is unless it is given. */
export function methodHelp(group: Choice['group'], quick: Choices, paper: Choices): string {
  return choices
    .filter((choice) => choice.group === group)
    .map((choice) => {
      const [one, other] = [quick, paper].map((chosen) => optionText(choice, chosen) ?? unsetText(choice.parts[0]));
      const defaults = one === other ? `default: ${one}` : `default: ${one}; paper: ${other}`;
      return helpLine(`--${choice.option} ${choice.form}`, `${sentence(choice)} (${defaults})`);
    })
    .join('\n');
}

/** What holds where nothing is set. */
export function unsetText({ follows, unset }: Part): string {
  if (unset !== undefined) return unset;
  const followed = choices.find(({ parts }) => parts.some(({ path }) => path === follows));
  return followed ? `as --${followed.option}` : 'none';
}

function sentence({ help, shape, parts }: Choice): string {
  const taken = [...new Set(parts.map(({ takes }) => (takes.kind === 'names' ? namesText(takes) : said(takesText(takes)))))];
  const text = parts[0].takes.kind === 'names' ? `${taken.join(', ')}: ${help}` : shape === 'one' ? `${help}: ${taken.join(', ')}` : help;
  return shape === 'each' ? `${text}; two with a comma between them for ${parts.map(({ space }) => space).join(' and ')}` : text;
}

const namesText = ({ names, orByHand }: Names) => [...names.map(({ name }) => name), ...(orByHand ? [HAND_SCHEDULE_TEXT] : [])].join('|');

/** @param head the option and what it takes, on a line of its own where it is long */
function helpLine(head: string, text: string): string {
  const start = `  ${head}`.padEnd(INDENT);
  return !start.endsWith(' ') ? `${start}\n${''.padEnd(INDENT)}${text}` : `${start}${text}`;
}
