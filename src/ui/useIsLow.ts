import { useSyncExternalStore } from 'react';

/** As App.css has it: a laptop on which a run fits only with less room around it and lower charts. */
const LOW = '(min-width: 1001px) and (max-height: 800px)';

/** Whether the window is wide and low, so that charts of a run have to be lower for all of them to be seen at once. */
export function useIsLow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(LOW).matches);
}

function subscribe(changed: () => void): () => void {
  const query = matchMedia(LOW);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
