/** A word as a POSIX shell reads it, in quotes only where it needs them. */
export const shellWord = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
