import { useEffect } from 'react';
import { useWorkbench } from '../useWorkbench';
import { openDialog } from '../openDialog';
import type { View } from '../useView';
import { beginsGesture, type GestureKey } from './gestures';
import { shortcutFor, takesLetters } from './matching';
import { shortcuts } from './shortcuts';
import { singleKeys } from './singleKeys';

/** Follows the keyboard on the page itself: not where a person types, and not while something is open over the page. */
export function useShortcuts(open: (view: View) => void): void {
  const workbench = useWorkbench();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || event.isComposing || (target instanceof HTMLElement && takesLetters(target))) return;
      if (openDialog()) return;
      const found = shortcutFor(shortcuts, event, singleKeys.getState().act);
      if (!found?.act) return;
      event.preventDefault();
      // A key that is held down starts one search, but goes back step by step.
      if (!event.repeat || event.ctrlKey || event.metaKey) found.act({ workbench, open });
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [workbench, open]);
}

/** Tells the history of settings where a gesture begins: a press, a key, or a field that is entered. */
export function useGestures(): void {
  const { history } = useWorkbench();
  useEffect(() => {
    let pressed = false;
    const press = () => {
      pressed = true;
      history.begin();
    };
    const release = () => {
      pressed = false;
    };
    // A press moves a slider before it is entered; both are one gesture.
    const enter = () => {
      if (!pressed) history.begin();
    };
    let before: GestureKey | null = null;
    const key = ({ key, repeat, target, timeStamp }: KeyboardEvent) => {
      const press = { key, repeat, timeStamp, field: target instanceof HTMLInputElement ? target : null };
      if (beginsGesture(press, before)) history.begin();
      before = press;
    };
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    window.addEventListener('pointerdown', press, options);
    for (const name of ['pointerup', 'pointercancel']) window.addEventListener(name, release, options);
    window.addEventListener('focusin', enter, options);
    window.addEventListener('keydown', key, options);
    return () => listening.abort();
  }, [history]);
}
