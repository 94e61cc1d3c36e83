/** The list of languages, in display order; the first is the one of the source. A new language is its folder beside this file and a row here. */
import { setLanguage, type Messages } from './say';

interface Language {
  /** As in `<html lang>` and in the browser's list. */
  readonly id: string;
  /** In the language itself. */
  readonly name: string;
  load(): Promise<Messages | null>;
}

export const languages: readonly Language[] = [
  { id: 'en', name: 'English', load: () => Promise.resolve(null) },
  { id: 'zh-CN', name: '简体中文', load: async () => (await import('./zh-CN/index')).messages },
];

/** The first of the wished languages that there is, else English. "zh-Hans-SG" finds "zh-CN", since there is one Chinese. */
export function languageFor(wished: readonly string[]): string {
  const base = (id: string) => id.toLowerCase().split('-')[0];
  for (const id of wished) {
    const found = languages.find((language) => language.id === id) ?? languages.find((language) => base(language.id) === base(id));
    if (found) return found.id;
  }
  return 'en';
}

let wanted = '';

/** Loads a language, in which this thread speaks from then on. @returns whether it does: not where another was asked for meanwhile */
export async function speak(id: string): Promise<boolean> {
  const language = languages.find((one) => one.id === id);
  if (!language) return false;
  wanted = id;
  const messages = await language.load();
  if (wanted !== id) return false;
  setLanguage(id, messages);
  return true;
}

/** The same in a worker, which goes on in its language where the catalogue does not come. */
export async function speakIfPossible(id: string): Promise<void> {
  try {
    await speak(id);
  } catch {
    // The page loads the same file, and tells when it does not come.
  }
}
