/** What the page tells a waiting service worker: that a person agreed to the new version. */
export const TAKE_OVER = 'take over';
