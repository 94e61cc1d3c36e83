/** Links in archives: names under which a file is there once more. */
import type { NamedFile } from '../exampleImporter';

export interface Link {
  /** Clean, like the names of files. */
  readonly name: string;
  /** The path of a file or of another link, from the top of the archive. */
  readonly target: string;
}

/** So many links may lead to each other before a file. */
const MOST_STEPS = 40;

/** What a symbolic link means from where it lies; its own way out of the archive leads to no file of it. */
export function targetOf(link: string, target: string): string {
  const path = link.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') path.pop();
    else if (part !== '.' && part !== '') path.push(part);
  }
  return path.join('/').normalize('NFC');
}

/** The files, and those that links lead to under the links' names. A link to nowhere is left out, as one in a folder is. */
export function withLinks(files: readonly NamedFile[], links: readonly Link[]): NamedFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  const targets = new Map(links.map(({ name, target }) => [name, target]));
  const linked = links.flatMap(({ name, target }) => {
    let at: string | undefined = target;
    for (let steps = 0; at !== undefined && steps < MOST_STEPS; steps++) {
      const file = byName.get(at);
      if (file) return [{ ...file, name }];
      at = targets.get(at);
    }
    return [];
  });
  return [...files, ...linked];
}
