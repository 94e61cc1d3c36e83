import { useStore } from 'zustand';
import { say } from '../../core/language/say';
import { declineTour, lessonsPlace, openLessons } from './lessonsPlace';

/** Offers the tour at the first visit. */
export function TourOffer() {
  const offered = useStore(lessonsPlace, (state) => state.offered);
  if (!offered) return null;
  return (
    <p>
      {say('New here?')}{' '}
      <button className="link" onClick={() => openLessons(true)}>
        {say('Take a tour of two minutes')}
      </button>
      <button className="link" onClick={declineTour}>
        {say('No, thanks')}
      </button>
    </p>
  );
}
