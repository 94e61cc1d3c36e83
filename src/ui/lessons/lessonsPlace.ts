/** Whether the lessons lie beside the page, and whether the tour is offered. Kept outside of views, which another language makes anew. */
import { createStore } from 'zustand/vanilla';

/** Whether this browser has been offered the tour. Where nothing can be kept, it is offered at every visit. */
const KEY = 'tour-offered';

/** The id of the button that opens the lessons. */
export const LESSONS_BUTTON = 'lessons-button';

/** `wanted`: they were opened before. `toured`: they were opened for the tour, which begins at once. */
export const lessonsPlace = createStore(() => ({ open: false, wanted: false, toured: false, offered: isTourOffered() }));

export function openLessons(toured: boolean): void {
  dismissOffer();
  lessonsPlace.setState({ open: true, wanted: true, toured });
}

export function closeLessons(): void {
  lessonsPlace.setState({ open: false });
  focusButton();
}

export function declineTour(): void {
  dismissOffer();
  focusButton();
}

const focusButton = () => document.getElementById(LESSONS_BUTTON)?.focus();

function isTourOffered(): boolean {
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    return true;
  }
}

/** The tour is offered once. */
function dismissOffer(): void {
  lessonsPlace.setState({ offered: false });
  try {
    localStorage.setItem(KEY, 'yes');
  } catch {
    // A browser may refuse to keep anything; then the offer comes again at the next visit.
  }
}
