/** Sizes and times as people type them: a number with a unit. */
import { usageError } from './exit';

const units = {
  bytes: { B: 1, kB: 1000, MB: 1e6, KiB: 1024, MiB: 1024 ** 2 },
  milliseconds: { us: 1e-3, ms: 1, s: 1000 },
} as const;

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
    const example = kind === 'bytes' ? '40kB' : '6ms';
    throw usageError(`${option} takes a positive number with a unit (${Object.keys(known).join(', ')}), such as ${example}, not "${text}"`);
  }
  return value;
}
