import { useEffect, useId, useRef, type ReactNode } from 'react';
import './OverPage.css';
import { say } from '../core/language/say';

interface OverPageProps {
  readonly title: string;
  /** For what has columns. */
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page that is open as long as it is there. */
export function OverPage({ title, wide = false, onClose, children }: OverPageProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className={`over-page ${wide ? 'wide' : ''}`} aria-labelledby={id} onClose={onClose}>
      <form method="dialog">
        <h2 id={id}>{title}</h2>
        <button>{say('Close')}</button>
      </form>
      {children}
    </dialog>
  );
}
