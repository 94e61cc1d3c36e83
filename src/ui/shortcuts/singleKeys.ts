/** Whether shortcuts of a single key act. People who dictate, or whose hands slip, switch them off; the browser remembers it. */
import { createStore } from 'zustand/vanilla';

const NAME = 'single-keys';

// Where the browser keeps nothing, the choice holds until the page is closed.
function remembered(): boolean {
  try {
    return localStorage.getItem(NAME) !== 'off';
  } catch {
    return true;
  }
}

export const singleKeys = createStore(() => ({ act: remembered() }));

export function switchSingleKeys(act: boolean): void {
  singleKeys.setState({ act });
  try {
    localStorage.setItem(NAME, act ? 'on' : 'off');
  } catch {
    // See above.
  }
}
