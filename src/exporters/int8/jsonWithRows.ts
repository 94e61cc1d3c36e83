/** Indented JSON for people, in which a list of numbers takes one line. */
export function jsonWithRows(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(
    /\[\n\s+(-?[\d.][^[\]{}"]*?)\n\s+\]/g,
    (_, numbers: string) => `[${numbers.replaceAll(/\s+/g, ' ')}]`,
  );
}
