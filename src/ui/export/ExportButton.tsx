import { lazy, Suspense, useState } from 'react';
import { OverPage } from '../OverPage';

const ExportPanel = lazy(() => import('./ExportPanel'));

/** Opens what a person needs to take the found network to a device. */
export function ExportButton({ disabled }: { readonly disabled: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button className="primary" disabled={disabled} onClick={() => setOpen(true)}>
        Export for a device …
      </button>
      {open && (
        <OverPage title="Export for a device" onClose={() => setOpen(false)}>
          <Suspense fallback={<p>Loading …</p>}>
            <ExportPanel />
          </Suspense>
        </OverPage>
      )}
    </>
  );
}
