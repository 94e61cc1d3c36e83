import { lazy, Suspense, useRef, useState } from 'react';
import { useTask } from '../useWorkbench';
import './DataLookButton.css';

const DataLook = lazy(() => import('./DataLook'));

/** Opens a look at the examples before training. */
export function DataLookButton() {
  const { example } = useTask();
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const look = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <button onClick={look}>Look at the {example.many} …</button>
      <dialog ref={dialog} className="data-look-dialog" aria-label={`The ${example.many}`} onClose={() => setOpen(false)}>
        <form method="dialog">
          <h2>The {example.many}</h2>
          <button>Close</button>
        </form>
        {open && (
          <Suspense fallback={<p>Looking …</p>}>
            <DataLook />
          </Suspense>
        )}
      </dialog>
    </>
  );
}
