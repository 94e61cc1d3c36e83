import { useState, type DragEvent, type HTMLAttributes } from 'react';
import { droppedFiles } from '../droppedFiles';
import { useRuns } from './useRuns';

/** Makes a place of the page take runs that are dropped there, as files or folders. `over`: whether something is held above it. */
export function useRunDrop(): { readonly over: boolean; readonly place: HTMLAttributes<HTMLElement> } {
  const runs = useRuns();
  const [over, setOver] = useState(false);
  const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');
  return {
    over,
    place: {
      onDragOver(event) {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event) {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void droppedFiles(event.dataTransfer).then((files) => runs.importRuns(files));
      },
    },
  };
}
