import { useCallback, useEffect, useState } from 'react';
import { openDialog } from '../openDialog';

/** Which of so many charts is shown; arrow keys and `turn` go round. */
export function useChosenChart(count: number): { readonly at: number; readonly turn: (by: 1 | -1) => void } {
  const [chosen, setChosen] = useState(0);
  const turn = useCallback((by: 1 | -1) => setChosen((before) => (Math.min(before, count - 1) + by + count) % count), [count]);
  useEffect(() => {
    const press = ({ key, target }: KeyboardEvent) => {
      if (openDialog()) return;
      // A network that is wider than the screen scrolls by the same keys.
      if (target instanceof Element && target.closest('.drawing-scroll')) return;
      if (key === 'ArrowRight') turn(1);
      if (key === 'ArrowLeft') turn(-1);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [turn]);
  return { at: Math.min(chosen, count - 1), turn };
}
