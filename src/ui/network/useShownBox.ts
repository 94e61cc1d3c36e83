import { useEffect, useRef, useState } from 'react';

/** How long a pointer rests on a box before its details are shown, and how long they stay after it has left. */
const SHOW_MS = 150;
const HIDE_MS = 250;

export interface ShownBox {
  /** The box whose details are shown; null for none. */
  readonly id: string | null;
  /** A pointer rests on a box, or has left it and its details. */
  readonly point: (id: string | null) => void;
  /** Shows the details of a box that has the focus. */
  readonly focus: (id: string) => void;
  /** Keeps the details of a box open until they are closed, or closes them where they are kept. */
  readonly toggle: (id: string) => void;
  readonly close: () => void;
}

/** Which box has its details shown: the one under the pointer or with the focus, or one that was clicked and stays. */
export function useShownBox(): ShownBox {
  const [shown, setShown] = useState<{ readonly id: string; readonly stays: boolean } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (ms: number, next: { readonly id: string; readonly stays: boolean } | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown((now) => (now?.stays ? now : next)), ms);
  };
  const now = (next: typeof shown) => {
    clearTimeout(timer.current);
    setShown(next);
  };
  return {
    id: shown?.id ?? null,
    point: (id) => (id === null ? later(HIDE_MS, null) : later(id === shown?.id ? 0 : SHOW_MS, { id, stays: false })),
    focus: (id) => now({ id, stays: shown?.id === id && shown.stays }),
    toggle: (id) => now(shown?.id === id && shown.stays ? null : { id, stays: true }),
    close: () => now(null),
  };
}
