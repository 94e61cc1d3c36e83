import { lazy, Suspense, useRef, useState } from 'react';
import './ExportButton.css';

const ExportPanel = lazy(() => import('./ExportPanel'));

/** Opens what a person needs to take the found network to a device. */
export function ExportButton({ disabled }: { readonly disabled: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const show = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <button className="primary" disabled={disabled} onClick={show}>
        Export for a device …
      </button>
      <dialog ref={dialog} className="export-dialog" aria-label="Export for a device" onClose={() => setOpen(false)}>
        <form method="dialog">
          <h2>Export for a device</h2>
          <button>Close</button>
        </form>
        {open && (
          <Suspense fallback={<p>Loading …</p>}>
            <ExportPanel />
          </Suspense>
        )}
      </dialog>
    </>
  );
}
