import type { GivenFile } from '../protocol/datasets';

/** A file that a person picked, one of a folder with its path. */
export const givenFile = (file: File): GivenFile => ({ path: file.webkitRelativePath || file.name, blob: file });
