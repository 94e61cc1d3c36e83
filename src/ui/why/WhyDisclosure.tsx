import { lazy, Suspense, useState } from 'react';
import { missingFile } from '../../core/errors';
import { say } from '../../core/language/say';
import './why.css';

const WhyNetwork = lazy(() => import('./WhyNetwork').catch(() => ({ default: Missing })));

/** Opens the reasons for the network that was found. */
export function WhyDisclosure() {
  const [opened, setOpened] = useState(false);
  return (
    <details className="why" onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary>{say('Why this network?')}</summary>
      {opened && (
        <Suspense fallback={<p className="hint">{say('Looking …')}</p>}>
          <WhyNetwork />
        </Suspense>
      )}
    </details>
  );
}

function Missing() {
  return (
    <p className="error" role="alert">
      {missingFile(say('The reasons for the network'), say('their script did not come')).message}
    </p>
  );
}
