import { useEffect, useState, type ReactNode } from 'react';
import { say, sayMarked } from '../../core/language/say';
import type { RecordedView } from '../../store/recordedView';
import { TourOffer } from '../lessons/TourOffer';
import { useWorkbenchState } from '../useWorkbench';
import { toOwnRun } from './toOwnRun';
import './RecordedNote.css';

const PLAYS_MS = 20_000;
/** As often as charts draw. */
const TICK_MS = 250;

/** Plays a recorded run, and says that it is one. */
export function RecordedNote({ view }: { view: RecordedView }) {
  const next = useWorkbenchState(toOwnRun);
  const [playing, setPlaying] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  useEffect(() => {
    if (!playing) {
      view.showUntil(1);
      return;
    }
    const began = performance.now();
    const tick = () => {
      const share = Math.min(1, (performance.now() - began) / PLAYS_MS);
      view.showUntil(share);
      if (share === 1) setPlaying(false);
    };
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [view, playing]);
  return (
    <section className="recorded" aria-label={say('Recorded run')}>
      <p>
        {sayMarked<ReactNode>('<strong>Recorded run</strong>, not one of yours. {next}', {
          strong: (parts) => <strong key="strong">{parts}</strong>,
          next,
        })}
      </p>
      <TourOffer />
      <button className="link" onClick={() => setPlaying(!playing)}>
        {playing ? say('Show its end') : say('Play again')}
      </button>
    </section>
  );
}
