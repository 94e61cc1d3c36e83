import { lazy, Suspense, useState } from 'react';
import { say } from '../../core/language/say';

const Report = lazy(() => import('./Report'));

/** Opens the report of the run that is shown. */
export function ReportButton({ disabled }: { disabled: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button aria-haspopup="dialog" disabled={disabled} onClick={() => setOpen(true)}>
        {say('Report …')}
      </button>
      {open && (
        <Suspense>
          <Report onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
