import { useEffect } from 'react';

/**
 * Calls back when a .tflite file is dropped anywhere on the page. What else is dropped goes to the part of the page that takes it; elsewhere
 * nothing happens, while a browser left alone would open the file in place of the page.
 */
export function useDroppedNetwork(take: (file: File) => void): void {
  useEffect(() => {
    // Only what was told so beforehand may be dropped, and the files' names are not known before the drop.
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const file = [...(event.dataTransfer?.files ?? [])].find(({ name }) => /\.tflite$/i.test(name));
      if (!file) return;
      event.preventDefault();
      take(file);
    };
    // After every part of the page that takes files.
    const miss = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', miss);
    window.addEventListener('drop', drop, { capture: true });
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', miss);
      window.removeEventListener('drop', drop, { capture: true });
    };
  }, [take]);
}
