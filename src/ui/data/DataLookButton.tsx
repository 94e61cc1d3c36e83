import { lazy, Suspense, useState } from 'react';
import { OverPage } from '../OverPage';
import { useTask } from '../useWorkbench';

const DataLook = lazy(() => import('./DataLook'));

/** Opens a look at the examples before training. */
export function DataLookButton() {
  const { example } = useTask();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button onClick={() => setOpen(true)}>Look at the {example.many} …</button>
      {open && (
        <OverPage title={`The ${example.many}`} wide onClose={() => setOpen(false)}>
          <Suspense fallback={<p>Looking …</p>}>
            <DataLook />
          </Suspense>
        </OverPage>
      )}
    </>
  );
}
