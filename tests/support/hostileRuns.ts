/** Run files as an attacker or a broken program would write them: whole JSON, with values that no run has. */
import type { Random } from '../../src/core/random';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const strange: readonly Json[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e-320,
  1e308,
  -1e308,
  2 ** 53,
  '',
  '<img src=x onerror="window.attacked = true">',
  'javascript:window.attacked = true',
  '../../secret',
  'x'.repeat(20_000),
  '\u202e\u0000\ud800',
  '__proto__',
  'constructor',
  [],
  {},
  [null],
  [1e308, -1e308],
];

/** A copy in which some values are strange, are missing or stand twice. */
export function hostile(file: unknown, random: Random): unknown {
  const copy = structuredClone(file) as Json;
  for (let change = 0; change <= random.integer(2); change++) spoil(copy, random);
  return copy;
}

/** Goes down to a place whose depth, not whose width, makes it likely. */
function spoil(within: Json, random: Random): void {
  let place = within;
  for (;;) {
    if (typeof place !== 'object' || place === null) return;
    const keys = Object.keys(place);
    if (keys.length === 0) return;
    const holder = place as Record<string, Json>;
    const key = keys[random.integer(keys.length)] as string;
    const value = holder[key] as Json;
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0 && random.uniform() < 0.85) {
      place = value;
      continue;
    }
    const kind = random.integer(8);
    if (kind === 0 && !Array.isArray(holder)) Reflect.deleteProperty(holder, key);
    else if (kind === 1 && Array.isArray(value)) value.push(...structuredClone(value));
    else if (kind === 2 && typeof value === 'number') holder[key] = value * 1e9;
    else if (kind === 3 && typeof value === 'number') holder[key] = -value;
    else holder[key] = structuredClone(strange[random.integer(strange.length)] as Json);
    return;
  }
}
