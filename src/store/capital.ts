/** With its first letter large, for the start of a sentence or a row. */
export const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
