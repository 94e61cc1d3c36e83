/** Settings as the fragment of a link, which browsers send to no server: a version, and JSON, deflated, in letters of URLs. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { WorkbenchError } from '../core/errors';
import { sayLater } from '../core/language/told';
import { checkLinkedSettings, type LinkedSettings } from '../core/runs/linkedSettings';

const VERSION = '1';
const NAME = '#settings=';
/** Settings with an own device take some 900 letters. */
const MOST_LETTERS = 4000;
/** Far more than those letters of settings hold. */
const MOST_BYTES = 64_000;

export function writeLink(settings: LinkedSettings): string {
  const bytes = deflateSync(strToU8(JSON.stringify(settings)), { level: 9 });
  const letters = btoa(String.fromCharCode(...bytes));
  return `${NAME}${VERSION}.${letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/**
 * @param fragment of any URL, with its #
 * @returns null for a fragment of another kind
 * @throws WorkbenchError `invalid-data` for a link that is damaged or of another version, `invalid-setting` for settings that are refused
 */
export function readLink(fragment: string): LinkedSettings | null {
  if (!fragment.startsWith(NAME)) return null;
  const [version, letters = ''] = fragment.slice(NAME.length).split('.');
  if (version !== VERSION)
    throw new WorkbenchError(
      'invalid-data',
      sayLater(
        'The link’s settings are of version “{version}”, and this page reads version {read}. Copy the link again, from a page of this version.',
        {
          version: version?.slice(0, 20) ?? '',
          read: VERSION,
        },
      ),
    );
  return checkLinkedSettings(unpacked(letters));
}

function unpacked(letters: string): unknown {
  try {
    if (letters.length > MOST_LETTERS) throw new Error('too long');
    const packed = Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    const bytes = inflateSync(packed, { out: new Uint8Array(MOST_BYTES) });
    return JSON.parse(strFromU8(bytes));
  } catch {
    throw new WorkbenchError(
      'invalid-data',
      sayLater('The link’s settings are damaged, perhaps cut off. Copy the whole link again. Nothing was changed.'),
    );
  }
}
