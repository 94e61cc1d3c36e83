import { useEffect } from 'react';

/**
 * Keeps the focus where a person works when what has it is disabled or taken away, in all of the page. An element says by `data-focus`:
 * - "next": it takes the focus that is lost near it, the first such element of the nearest place around first;
 * - "back": it is disabled for a moment only, and takes the focus back.
 * What is enabled again before another place was found takes the focus back, too. Whoever has pressed anything meanwhile is left alone.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    const kept = new KeptFocus();
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    window.addEventListener('focusin', ({ target }) => isFocusable(target) && kept.enter(target), options);
    window.addEventListener('focusout', () => setTimeout(() => kept.leave()), options);
    window.addEventListener('pointerdown', () => kept.moveOn(), options);
    window.addEventListener('keydown', ({ repeat }) => !repeat && kept.moveOn(), options);
    const observer = new MutationObserver(() => kept.look());
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
    return () => {
      listening.abort();
      observer.disconnect();
    };
  }, []);
}

type Focusable = HTMLElement | SVGElement;

const isFocusable = (target: EventTarget | null): target is Focusable => target instanceof HTMLElement || target instanceof SVGElement;

const NEXT = '[data-focus="next"]:not(:disabled)';

class KeptFocus {
  /** What has the focus, or has lost it to nothing. */
  #last: Focusable | null = null;
  /** What lies around it, up to its dialog or panel, innermost first. */
  #around: readonly Element[] = [];
  /** Whether a person sees where the focus is; the page scrolls to it only then. */
  #marked = false;
  #lost = false;

  enter(element: Focusable): void {
    this.#last = element;
    this.#around = placesAround(element);
    this.#marked = element.matches(':focus-visible');
    this.#lost = false;
  }

  /** A person has left it for no other element. */
  leave(): void {
    this.look();
    if (!this.#lost && document.activeElement !== this.#last) this.#last = null;
  }

  moveOn(): void {
    if (this.#lost) this.#last = null;
  }

  look(): void {
    const last = this.#last;
    if (!last) return;
    const gone = !last.isConnected || last.matches(':disabled');
    if (!gone && !this.#lost) return;
    this.#lost = true;
    const waits = gone && last.isConnected && last.dataset.focus === 'back';
    if (waits) return;
    (gone ? this.#next() : last)?.focus({ preventScroll: !this.#marked });
  }

  #next(): HTMLElement | null {
    for (const place of this.#around) {
      const next = place.isConnected ? place.querySelector<HTMLElement>(NEXT) : null;
      if (next) return next;
    }
    return null;
  }
}

function placesAround(element: Element): Element[] {
  const end = element.closest('dialog') ?? element.closest('section');
  const places = [];
  for (let at = element; end && at !== end && at.parentElement; at = at.parentElement) places.push(at.parentElement);
  return places;
}
