/** Sizes, times, energies and counts as people type them. */
import { usageError } from './exit';

const units = {
  bytes: { B: 1, kB: 1000, MB: 1e6, KiB: 1024, MiB: 1024 ** 2 },
  milliseconds: { us: 1e-3, ms: 1, s: 1000 },
  microjoules: { nJ: 1e-3, uJ: 1, mJ: 1000, J: 1e6 },
} as const;

const examples: Readonly<Record<keyof typeof units, string>> = { bytes: '40kB', milliseconds: '6ms', microjoules: '500uJ' };

/**
 * @param option the option's name, for the message
 * @param kind the unit that is returned
 * @throws WorkbenchError `invalid-setting` for a bare number, an unknown unit, or nothing positive
 */
export function parseQuantity(option: string, text: string, kind: keyof typeof units): number {
  const known: Readonly<Record<string, number>> = units[kind];
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*([A-Za-z]+)$/.exec(text.trim());
  const factor = match && known[match[2] as string];
  const value = match && factor !== undefined ? Number(match[1]) * (factor as number) : NaN;
  if (!(value > 0)) {
    throw usageError(
      `${option} takes a positive number with a unit (${Object.keys(known).join(', ')}), such as ${examples[kind]}, not "${text}"`,
    );
  }
  return value;
}

const multiples: Readonly<Record<string, number>> = { '': 1, k: 1000, M: 1e6, G: 1e9 };

/**
 * A count, such as 60k, 5M or 12500000.
 * @throws WorkbenchError `invalid-setting` for anything else
 */
export function parseCount(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*([kMG]?)$/.exec(text.trim());
  const value = match ? Number(match[1]) * (multiples[match[2] as string] as number) : NaN;
  if (!(value > 0)) throw usageError(`${option} takes a positive count, such as 60k, 5M or 12500000, not "${text}"`);
  return value;
}
