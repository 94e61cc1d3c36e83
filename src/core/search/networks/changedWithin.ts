import type { Random } from '../../random';
import type { Code } from './networks';

/** Changes that may break the targets before the code is given back as it was. */
const TRIES = 200;

/** A code with one number drawn anew, so that it differs and is allowed; the same code if none is found. */
export function changedWithin(code: Code, random: Random, drawn: (place: number) => number, allowed: (code: Code) => boolean): Code {
  for (let tries = 0; tries < TRIES; tries++) {
    const place = random.integer(code.length);
    const changed = code.with(place, drawn(place));
    if (changed[place] !== code[place] && allowed(changed)) return changed;
  }
  return code;
}
