/** The language of the page: a person's own choice, else the browser's. */
import { languageFor, speak } from '../../core/language/languages';

const KEY = 'language';
const listeners = new Set<() => void>();

/** The language that the page should open in. */
export function wishedLanguage(): string {
  return languageFor([...chosen(), ...navigator.languages]);
}

/** Loads a language and says all of the page in it. @returns whether it does: not where another was chosen meanwhile */
export async function show(id: string): Promise<boolean> {
  if (!(await speak(id))) return false;
  document.documentElement.lang = id;
  for (const listener of listeners) listener();
  return true;
}

/** Shows a language and keeps it for the next visit. */
export async function choose(id: string): Promise<void> {
  if (!(await show(id))) return;
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function chosen(): string[] {
  try {
    const id = localStorage.getItem(KEY);
    return id === null ? [] : [id];
  } catch {
    return [];
  }
}
