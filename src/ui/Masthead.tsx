import { lazy, Suspense } from 'react';
import { say } from '../core/language/say';
import { BackendPicker } from './BackendPicker';
import { LanguageSwitch } from './language/LanguageSwitch';
import { LessonsButton } from './lessons/LessonsButton';
import type { View } from './useView';
import './Masthead.css';

/** The server of a class says in the page's address that there is one. */
const Classroom = new URLSearchParams(location.search).has('class') ? lazy(() => import('./classroom/ClassroomButton')) : null;

/** The page's title, what opens over the page, and the backend. */
export function Masthead({ onOpen }: { onOpen: (view: View) => void }) {
  return (
    <header className="masthead">
      <h1>{say('NAS Workbench')}</h1>
      <p className="tagline">{say('Search a neural network that fits a device, and watch it being found.')}</p>
      <LanguageSwitch />
      <div className="masthead-buttons">
        <button aria-haspopup="dialog" onClick={() => onOpen('runs')}>
          {say('Runs')}
        </button>
        <button aria-haspopup="dialog" onClick={() => onOpen('presentation')}>
          {say('Present')}
        </button>
        <button aria-haspopup="dialog" aria-label={say('Keyboard shortcuts')} onClick={() => onOpen('shortcuts')}>
          ?
        </button>
        <LessonsButton />
        {Classroom && (
          <Suspense>
            <Classroom />
          </Suspense>
        )}
      </div>
      <BackendPicker />
    </header>
  );
}
