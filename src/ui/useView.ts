import { useCallback, useRef, useState } from 'react';

/** What may be open over the page; one at a time. */
export type View = 'runs' | 'presentation' | 'report' | 'shortcuts';

interface OpenView {
  readonly view: View | null;
  readonly open: (view: View) => void;
  readonly close: () => void;
}

/** What is open over the page. When it closes, the focus is where it was. */
export function useView(): OpenView {
  const [view, setView] = useState<View | null>(null);
  const before = useRef<Element | null>(null);
  const open = useCallback((next: View) => {
    before.current = document.activeElement;
    setView(next);
  }, []);
  const close = useCallback(() => {
    setView(null);
    // The page has to be shown again first.
    requestAnimationFrame(() => before.current instanceof HTMLElement && before.current.focus());
  }, []);
  return { view, open, close };
}
