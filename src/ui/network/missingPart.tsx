import type { JSX } from 'react';
import { missingFile } from '../../core/errors';

/** What stands in for a part of the page whose script cannot be fetched. */
export function missingPart(what: string): () => { default: () => JSX.Element } {
  return () => ({ default: () => <p className="error">{missingFile(what, 'its script did not come').message}</p> });
}
