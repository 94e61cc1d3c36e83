import { lazy, Suspense, useState } from 'react';
import { missingFile } from '../../core/errors';
import './why.css';

const WhyNetwork = lazy(() => import('./WhyNetwork').catch(() => ({ default: Missing })));

/** Opens the reasons for the network that was found. */
export function WhyDisclosure() {
  const [opened, setOpened] = useState(false);
  return (
    <details className="why" onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary>Why this network?</summary>
      {opened && (
        <Suspense fallback={<p className="hint">Looking …</p>}>
          <WhyNetwork />
        </Suspense>
      )}
    </details>
  );
}

function Missing() {
  return (
    <p className="error" role="alert">
      {missingFile('The reasons for the network', 'their script did not come').message}
    </p>
  );
}
