/** JSON for files of measurements that are kept: a record is a line, so that a changed figure is a changed line and no more. */

/** Letters of the longest line that is not broken into its members. */
const WIDTH = 600;

/**
 * What JSON.stringify would write, broken into lines only where a value is longer than a line.
 * @param value plain data
 */
export function jsonByLine(value: unknown, indent = ''): string {
  const whole = JSON.stringify(value);
  if (whole.length <= WIDTH || typeof value !== 'object' || value === null) return whole;
  const inner = `${indent} `;
  const members = Array.isArray(value)
    ? value.map((member) => jsonByLine(member ?? null, inner))
    : Object.entries(value).flatMap(([key, member]) =>
        member === undefined ? [] : [`${JSON.stringify(key)}: ${jsonByLine(member, inner)}`],
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${inner}${members.join(`,\n${inner}`)}\n${indent}${close}`;
}
