/** The catalogue of Simplified Chinese, a file per part of the program. tests/language.test.ts compares it with the source. */
import type { Messages } from '../say';
import page from './page.json';

export const messages: Messages = { ...page };
