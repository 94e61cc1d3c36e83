import { locale } from '../core/language/say';

/** "Nov 28, 2026, 20:03" @param time in milliseconds since 1970, or as `Date` reads it */
export const timeText = (time: number | string): string =>
  new Date(time).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
