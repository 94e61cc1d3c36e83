/** Keeps a list of files that an importer leaves out, and why, for the warnings that people read. */
import { firstLater } from '../../core/language/lists';
import { said, sayLater, type Told } from '../../core/language/told';

/** A sentence names this many files and counts the rest. */
const NAMED = 3;

export class LeftOut {
  readonly #byRule = new Map<string, { readonly rule: Told; readonly names: Told[] }>();

  /** @param rule what the file breaks and the way out, as the rest of a sentence that starts with the file's name */
  add(name: Told, rule: Told): void {
    // Files that differ only in a number break the same rule.
    const key = said(rule).replace(/\d+/g, '#');
    const entry = this.#byRule.get(key);
    if (entry) entry.names.push(name);
    else this.#byRule.set(key, { rule, names: [name] });
  }

  /** One text for each rule: how many files, the first ones by name, and what the first one breaks. */
  sentences(): Told[] {
    return [...this.#byRule.values()].map(({ rule, names }) =>
      names.length === 1
        ? sayLater('{name} is left out. It {rule}', { name: names[0] as Told, rule })
        : sayLater('{count, number} files are left out ({names}). The first {rule}', {
            count: names.length,
            names: firstLater(names, NAMED),
            rule,
          }),
    );
  }
}
