/** Copies links of settings, and tells every button of a link how that went. */
import { createStore } from 'zustand/vanilla';
import { say } from '../../core/language/say';
import type { LinkedSettings } from '../../core/runs/linkedSettings';
import type { Workbench } from '../../store/workbench';

/** How long a button says that it has copied. */
const SAID_MS = 2500;

/** `copied`: what the copied link is of. `byHand`: a link that the browser did not let be copied, for a person to copy. */
export const linkState = createStore<{ readonly copied: string | null; readonly byHand: string | null }>(() => ({
  copied: null,
  byHand: null,
}));

export const THIS_PAGE = 'page';

/** The settings as they are on the page. */
export const copyPageLink = (workbench: Workbench) => copyLink(workbench, THIS_PAGE, () => settingsOf(workbench, 'settingsOfPage'));

/** The settings of the page, or of the run that is shown. What makes links is loaded when there is a link to make. */
export async function settingsOf({ store }: Pick<Workbench, 'store'>, of: 'settingsOfPage' | 'settingsOfRun') {
  const made = await import('../../store/linked');
  return made[of](store.getState());
}

/**
 * @param of what the link is of
 * @param settings null where there is nothing to copy
 */
export async function copyLink({ store }: Workbench, of: string, settings: () => Promise<LinkedSettings | null>): Promise<void> {
  const found = await settings();
  if (!found) return;
  const link = await linkTo(found);
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    // Without permission, or where the page is not served securely.
    linkState.setState({ byHand: link });
    return;
  }
  linkState.setState({ copied: of });
  store.setState({ announcement: () => say('Link copied.') });
  setTimeout(() => linkState.setState({ copied: null }), SAID_MS);
}

/** A link to this page that carries the settings. */
export async function linkTo(settings: LinkedSettings): Promise<string> {
  const { writeLink } = await import('../../keep/settingsLink');
  return `${location.origin}${location.pathname}${writeLink(settings)}`;
}
