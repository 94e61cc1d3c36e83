import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { missingFile } from '../../core/errors';
import { say } from '../../core/language/say';
import { closeLessons, LESSONS_BUTTON, lessonsPlace, openLessons } from './lessonsPlace';

const LessonsPanel = lazy(() => import('./LessonsPanel').catch(() => ({ default: MissingLessons })));

/** Opens and closes the tour and the lessons. */
export function LessonsButton() {
  const { open, wanted, toured } = useStore(lessonsPlace);
  return (
    <>
      <button id={LESSONS_BUTTON} aria-expanded={open} onClick={() => (open ? closeLessons() : openLessons(false))}>
        {say('Lessons')}
      </button>
      {wanted && (
        <Suspense>
          <LessonsPanel open={open} toured={toured} onOpen={() => openLessons(false)} onClose={closeLessons} />
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
