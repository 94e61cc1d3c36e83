/** The secrets of a class: what people type, and what their pages carry. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** Digits and capitals that nobody takes for one another when they are read from a projector. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A code that people type, in groups of four: 40 bits for 8 letters, 59 for 12. */
export function typedCode(length: 8 | 12): string {
  const letters = Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return (letters.match(/.{4}/g) as string[]).join('-');
}

/** Whether somebody typed the code, however they wrote it. It takes the same time for every wrong one. */
export function isCode(code: string, typed: string): boolean {
  return timingSafeEqual(digest(plain(code)), digest(plain(typed)));
}

/** 128 random bits, which a page carries instead of what was typed. */
export const newToken = (): string => randomBytes(16).toString('hex');

const plain = (text: string) => text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
const digest = (text: string) => createHash('sha256').update(text).digest();
