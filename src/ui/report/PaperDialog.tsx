import { useEffect, useRef, type ReactNode } from 'react';
import { say } from '../../core/language/say';
import './PaperDialog.css';

interface PaperDialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Shows a page of paper as it will be printed, which is light in dark surroundings too. */
export function PaperDialog({ title, onClose, children }: PaperDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="paper" aria-label={title} onClose={onClose}>
      <form method="dialog">
        <button type="button" className="primary" onClick={() => window.print()}>
          {say('Print …')}
        </button>
        <button>{say('Close')}</button>
      </form>
      {children}
    </dialog>
  );
}
