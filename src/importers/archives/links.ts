/** Links in archives: names under which a file is there once more. */
import type { NamedFile } from '../exampleImporter';
import type { Admission } from './limits';

export interface Link {
  readonly path: string;
  /** The path of a file or of another link, from the top of the archive. */
  readonly target: string;
}

/** So many links may lead to each other before a file. */
const MOST_STEPS = 40;

/** What a symbolic link means from where it lies; null for a way out of the archive. */
export function targetOf(link: string, target: string): string | null {
  if (target.startsWith('/')) return null;
  const path = link.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..' && path.length === 0) return null;
    if (part === '..') path.pop();
    else if (part !== '.' && part !== '') path.push(part);
  }
  return path.join('/').normalize('NFC');
}

/**
 * The files, and those that links lead to under the links' names. Links to anything else are passed over, as a folder's links to nowhere are.
 * @param admission counts each as one more file of that size, since a reader may hold all of them
 * @throws WorkbenchError `invalid-data` as `Admission` does
 */
export function withLinks(files: readonly NamedFile[], links: readonly Link[], admission: Admission): NamedFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  const targets = new Map(links.map(({ path, target }) => [path, target]));
  const linked: NamedFile[] = [];
  for (const { path, target } of links) {
    let at: string | undefined = target;
    for (let steps = 0; at !== undefined && !byName.has(at) && steps < MOST_STEPS; steps++) at = targets.get(at);
    const file = at === undefined ? undefined : byName.get(at);
    const name = file ? admission.name(path) : null;
    if (!file || name === null) continue;
    admission.count(file.size);
    linked.push({ ...file, name });
  }
  return [...files, ...linked];
}
