/** Numbers in text fields. */
import { refusal, type NumberRange } from '../core/config/domain';
import { ambiguityText, readCount, readNumber } from '../core/readNumber';
import { say } from '../core/language/say';
import { said } from '../core/language/told';

/** NaN for a text that is no number or has two possible readings. @param whole the field counts things */
export function typedNumber(text: string, whole = false): number {
  const reading = whole ? readCount(text) : readNumber(text);
  return reading.kind === 'number' ? reading.value : NaN;
}

/** What is wrong with a text that has two possible readings; null for other texts. */
export function ambiguityOf(text: string, whole = false): string | null {
  const reading = whole ? readCount(text) : readNumber(text);
  return reading.kind === 'ambiguous' ? say('{sentence}.', { sentence: ambiguityText(text, reading.readings) }) : null;
}

/** What is wrong with a text for a field that takes a range, null for a number within it. */
export function numberProblem(text: string, range: NumberRange): string | null {
  const instead = refusal(range, typedNumber(text, range.whole));
  return instead === null ? null : (ambiguityOf(text, range.whole) ?? say('Takes {what}.', { what: said(instead) }));
}
