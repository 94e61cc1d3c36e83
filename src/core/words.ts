/** Numbers and words in the form that the page, the command line and reports share. */

/** "83.6 %" */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** An error with its sign: "+13 %", "−7 %". */
export function signedPercent(error: number, digits = 0): string {
  const rounded = Number((100 * error).toFixed(digits));
  return `${rounded < 0 ? '−' : '+'}${Math.abs(rounded).toFixed(digits)} %`;
}

/** "1 picture", "1,600 pictures" */
export const counted = (count: number, one: string, many: string): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;

/** "184.3 MB" */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
