import { lazy, Suspense, useState } from 'react';
import { say } from '../../core/language/say';
import { OverPage } from '../OverPage';

const ExportPanel = lazy(() => import('./ExportPanel'));

/** Opens what a person needs to take the found network to a device. */
export function ExportButton({ disabled }: { readonly disabled: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button className="primary" disabled={disabled} onClick={() => setOpen(true)}>
        {say('Export for a device …')}
      </button>
      {open && (
        <OverPage title={say('Export for a device')} onClose={() => setOpen(false)}>
          <Suspense fallback={<p>{say('Loading …')}</p>}>
            <ExportPanel />
          </Suspense>
        </OverPage>
      )}
    </>
  );
}
