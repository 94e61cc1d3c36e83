/** A schedule by hand, as text and as data: from each epoch on, the base rate times a factor. */
import { word } from '../language/say';
import { isInFloat32 } from './float32';
import type { HandSchedule } from './searchConfig';

/** What a schedule by hand has to be, as the end of a sentence. */
export const HAND_SCHEDULE_TEXT = word('EPOCH:FACTOR/EPOCH:FACTOR (whole epochs from 0, ascending; factors above 0)');

/** "20:0.5/30:0.25". */
export const scheduleText = (schedule: HandSchedule): string => schedule.map((step) => step.join(':')).join('/');

/** The schedule that a text of this form gives; null for any other text. */
export function readSchedule(text: string): HandSchedule | null {
  const steps = text.split('/').map((step) => step.split(':').map((part) => (part.trim() === '' ? NaN : Number(part))));
  return isHandSchedule(steps) ? steps : null;
}

export function isHandSchedule(value: unknown): value is HandSchedule {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((step: unknown, index) => {
    if (!Array.isArray(step) || step.length !== 2) return false;
    const [epoch, factor] = step as unknown[];
    const before = index === 0 ? -1 : ((value[index - 1] as unknown[])[0] as number);
    return Number.isInteger(epoch) && (epoch as number) > before && typeof factor === 'number' && factor > 0 && isInFloat32(factor);
  });
}
