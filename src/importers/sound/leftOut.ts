/** Keeps a list of files that an importer leaves out, and why, for the warnings that people read. */
import { firstText } from '../../core/language/lists';
import { say } from '../../core/language/say';

/** A sentence names this many files and counts the rest. */
const NAMED = 3;

export class LeftOut {
  readonly #byRule = new Map<string, { readonly rule: string; readonly names: string[] }>();

  /** @param rule what the file breaks and the way out, as the rest of a sentence that starts with the file's name */
  add(name: string, rule: string): void {
    // Files that differ only in a number break the same rule.
    const key = rule.replace(/\d+/g, '#');
    const entry = this.#byRule.get(key);
    if (entry) entry.names.push(name);
    else this.#byRule.set(key, { rule, names: [name] });
  }

  /** One text for each rule: how many files, the first ones by name, and what the first one breaks. */
  sentences(): string[] {
    return [...this.#byRule.values()].map(({ rule, names }) =>
      names.length === 1
        ? say('{name} is left out. It {rule}', { name: names[0] as string, rule })
        : say('{count, number} files are left out ({names}). The first {rule}', {
            count: names.length,
            names: firstText(names, NAMED),
            rule,
          }),
    );
  }
}
