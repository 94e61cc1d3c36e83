import { useCallback, useRef, useState } from 'react';

/** What may be open over the page. */
export type View = 'runs' | 'presentation' | 'report' | 'shortcuts';

interface OpenViews {
  readonly isOpen: (view: View) => boolean;
  readonly open: (view: View) => void;
  readonly close: (view: View) => void;
}

/** What is open over the page; one view may be over another, such as the shortcuts over a presentation. When one closes, the focus is where it was. */
export function useView(): OpenViews {
  const [views, setViews] = useState<readonly View[]>([]);
  /** What had the focus when each of them was opened. */
  const before = useRef(new Map<View, Element | null>());
  const open = useCallback((view: View) => {
    if (before.current.has(view)) return;
    before.current.set(view, document.activeElement);
    setViews((others) => [...others, view]);
  }, []);
  const close = useCallback((view: View) => {
    const focused = before.current.get(view);
    if (!before.current.delete(view)) return;
    setViews((all) => all.filter((one) => one !== view));
    // The page has to be shown again first.
    requestAnimationFrame(() => focused instanceof HTMLElement && focused.focus());
  }, []);
  return { isOpen: (view) => views.includes(view), open, close };
}
