/** The part of the page that a tour or a lesson points at. */
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type Part =
  'targets' | 'search' | 'device' | 'setup' | 'glance' | 'network' | 'walk' | 'quality' | 'result' | 'comparison' | 'cost' | 'weights';

interface Pointed {
  readonly part: Part | null;
  /** Grows each time that somebody points, since the part may have left the view in between. */
  readonly times: number;
}

export const pointed = createStore<Pointed>(() => ({ part: null, times: 0 }));

/** @param part null to point at nothing */
export function pointAt(part: Part | null): void {
  pointed.setState(({ times }) => ({ part, times: times + 1 }));
}

/** Whether this part is pointed at, and where it is: it comes into view when somebody points at it. */
export function usePointed(part: Part | undefined) {
  const place = useRef<HTMLElement>(null);
  const times = useStore(pointed, (now) => (part !== undefined && now.part === part ? now.times : null));
  useEffect(() => {
    if (times !== null && place.current) bringIntoView(place.current);
  }, [times]);
  return { place, isPointed: times !== null };
}

/** What is taller than half of the window begins at its top; the rest moves no further than it must. */
function bringIntoView(element: HTMLElement): void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const tall = element.offsetHeight > innerHeight / 2;
  element.scrollIntoView({ block: tall ? 'start' : 'nearest', behavior: still ? 'auto' : 'smooth' });
}
