import { lazy, Suspense, useRef, useState } from 'react';
import { missingFile } from '../../core/errors';
import { useWorkbenchState } from '../useWorkbench';
import { dismissOffer, isTourOffered } from './tourOffer';
import './LessonsButton.css';

const LessonsPanel = lazy(() => import('./LessonsPanel').catch(() => ({ default: MissingLessons })));

/** Opens and closes the tour and the lessons, and offers the tour at the first visit. */
export function LessonsButton() {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const [offered, setOffered] = useState(isTourOffered);
  // Who has started a search knows what to do, and needs the room.
  const idle = useWorkbenchState(({ run }) => run.state === 'idle');
  const [toured, setToured] = useState(false);
  const show = (tour: boolean) => {
    dismissOffer();
    setOffered(false);
    setToured(tour);
    setWanted(true);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button ref={button} aria-expanded={open} onClick={() => (open ? close() : show(false))}>
        Lessons
      </button>
      {offered && idle && (
        <p className="tour-offer">
          New here?{' '}
          <button className="link" onClick={() => show(true)}>
            Take a tour of two minutes
          </button>
          <button
            className="link"
            onClick={() => {
              dismissOffer();
              setOffered(false);
              button.current?.focus();
            }}
          >
            No, thanks
          </button>
        </p>
      )}
      {wanted && (
        <Suspense>
          <LessonsPanel open={open} toured={toured} onOpen={() => show(false)} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

/** The page is whole without lessons. */
function MissingLessons() {
  return (
    <p className="error" role="alert">
      {missingFile('The lessons', 'their script did not come').message}
    </p>
  );
}
