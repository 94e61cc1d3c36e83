import { lazy, Suspense, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { missingFile } from '../../core/errors';
import { say } from '../../core/language/say';
import { useWorkbenchState } from '../useWorkbench';
import { dismissOffer, isTourOffered } from './tourOffer';
import './LessonsButton.css';

const LessonsPanel = lazy(() => import('./LessonsPanel').catch(() => ({ default: MissingLessons })));

/** The panel as it is: another language makes this button anew, and a lesson goes on. `wanted`: it was opened before. */
const panel = createStore(() => ({ open: false, wanted: false }));

/** Opens and closes the tour and the lessons, and offers the tour at the first visit. */
export function LessonsButton() {
  const button = useRef<HTMLButtonElement>(null);
  const { open, wanted } = useStore(panel);
  const [offered, setOffered] = useState(isTourOffered);
  // Who has started a search knows what to do, and needs the room.
  const idle = useWorkbenchState(({ run }) => run.state === 'idle');
  const [toured, setToured] = useState(false);
  const show = (tour: boolean) => {
    dismissOffer();
    setOffered(false);
    setToured(tour);
    panel.setState({ open: true, wanted: true });
  };
  const close = () => {
    panel.setState({ open: false });
    button.current?.focus();
  };
  return (
    <>
      <button ref={button} aria-expanded={open} onClick={() => (open ? close() : show(false))}>
        {say('Lessons')}
      </button>
      {offered && idle && (
        <p className="tour-offer">
          {say('New here?')}{' '}
          <button className="link" onClick={() => show(true)}>
            {say('Take a tour of two minutes')}
          </button>
          <button
            className="link"
            onClick={() => {
              dismissOffer();
              setOffered(false);
              button.current?.focus();
            }}
          >
            {say('No, thanks')}
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
      {missingFile(say('The lessons'), say('their script did not come')).message}
    </p>
  );
}
