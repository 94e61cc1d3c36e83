/** Whether this browser has been offered the tour. Where nothing can be kept, it is offered at every visit. */
const KEY = 'tour-offered';

export function isTourOffered(): boolean {
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    return true;
  }
}

/** The tour is offered once. */
export function dismissOffer(): void {
  try {
    localStorage.setItem(KEY, 'yes');
  } catch {
    // A browser may refuse to keep anything; then the offer comes again at the next visit.
  }
}
