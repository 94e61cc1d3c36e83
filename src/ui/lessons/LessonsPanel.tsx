/** Entry of the tour and the lessons; loaded after the page itself. */
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { say } from '../../core/language/say';
import { isBusy } from '../../store/isBusy';
import { useWorkbench } from '../useWorkbench';
import { sessionOf, type LessonSession } from './lessonSession';
import { lessons, tour } from './lessons';
import { LessonView } from './LessonView';
import './LessonsPanel.css';

interface LessonsPanelProps {
  readonly open: boolean;
  /** Whether a visitor asked for the tour, which then begins at once. */
  readonly toured: boolean;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

/** Lies beside the page, so that the page can be seen and used. Closed, it keeps where a person is in a lesson. */
export default function LessonsPanel({ open, toured, onOpen, onClose }: LessonsPanelProps) {
  const workbench = useWorkbench();
  const session = sessionOf(workbench);
  const lesson = useStore(session.store, (state) => state.lesson);
  useEffect(() => {
    if (open && toured && session.step === null) void session.begin(tour);
  }, [open, toured, session]);
  const close = () => {
    if (lesson && !lesson.sets) void session.end();
    onClose();
  };
  if (!open) return lesson && <button onClick={onOpen}>{say('Go on: {lesson}', { lesson: say(lesson.title) })}</button>;
  return (
    <section className="lessons" aria-label={say('Lessons')} onKeyDown={({ key }) => key === 'Escape' && close()}>
      <button className="close-lessons" onClick={close}>
        {lesson && !lesson.sets ? say('End the tour') : say('Close')}
      </button>
      {lesson ? <LessonView key={lesson.title} lesson={lesson} session={session} /> : <LessonList session={session} />}
    </section>
  );
}

function LessonList({ session }: { session: LessonSession }) {
  const { store } = useWorkbench();
  const heading = useRef<HTMLHeadingElement>(null);
  const busy = useStore(store, ({ run }) => isBusy(run));
  const ready = useStore(store, ({ backend, dataset, loadingData }) => backend.state === 'ready' && dataset !== null && !loadingData);
  const own = useStore(store, ({ dataset }) => dataset !== null && !dataset.synthetic);
  useEffect(() => heading.current?.focus(), []);
  const why = busy
    ? say('A search is under way. A lesson can begin when it has ended.')
    : ready
      ? null
      : say('The page is still getting ready.');
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {say('Lessons')}
      </h2>
      <p className="hint">
        {say(
          'Each has a prediction to make, a search that runs here, and something to see in its numbers. A lesson sets the page as it needs, and puts your settings back at its end.',
        )}
      </p>
      {own && <p className="hint">{say('Lessons learn from built-in pictures. Open your own examples again afterwards, under Set-up.')}</p>}
      {why && <p className="hint">{why}</p>}
      <ol className="lesson-list">
        {[tour, ...lessons].map((lesson) => (
          <li key={lesson.title}>
            <button disabled={lesson.sets !== null && why !== null} onClick={() => void session.begin(lesson)}>
              {say(lesson.title)}
            </button>
            <p className="hint">{say('{about} {minutes} minutes.', { about: say(lesson.about), minutes: lesson.minutes })}</p>
          </li>
        ))}
      </ol>
    </>
  );
}
