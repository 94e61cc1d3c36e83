import type { JSX } from 'react';
import { missingFile } from '../../core/errors';
import { say } from '../../core/language/say';

/** What stands in for a part of the page whose script cannot be fetched. @param what in English */
export function missingPart(what: string): () => { default: () => JSX.Element } {
  return () => ({ default: () => <p className="error">{missingFile(say(what), say('its script did not come')).message}</p> });
}
