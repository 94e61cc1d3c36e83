import { useEffect, useRef } from 'react';
import { openDialog } from '../openDialog';

/** Fills the screen where the browser allows it. @param onEnd is called on Escape, which the browser may take for the end of full screen */
export function useFullscreen(onEnd: () => void): void {
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  }, [onEnd]);
  useEffect(() => {
    const { documentElement: root } = document;
    if (document.fullscreenEnabled) void root.requestFullscreen().catch(() => {});
    const changed = () => {
      if (document.fullscreenElement) return;
      // Escape closes what is on top, although the browser has taken the key.
      const dialog = openDialog();
      if (dialog) dialog.close();
      else end.current();
    };
    const pressed = ({ key }: KeyboardEvent) => {
      if (key === 'Escape' && !openDialog()) end.current();
    };
    document.addEventListener('fullscreenchange', changed);
    window.addEventListener('keydown', pressed);
    return () => {
      document.removeEventListener('fullscreenchange', changed);
      window.removeEventListener('keydown', pressed);
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
    };
  }, []);
}
