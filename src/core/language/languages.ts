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

/** Loads a language, in which this thread speaks from then on. */
export async function speak(id: string): Promise<void> {
  const language = languages.find((one) => one.id === id);
  if (language) setLanguage(language.id, await language.load());
}
