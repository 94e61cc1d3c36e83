import { lazy, Suspense, useState } from 'react';
import { say } from '../../core/language/say';
import { OverPage } from '../OverPage';
import { useTask } from '../useWorkbench';

const DataLook = lazy(() => import('./DataLook'));

/** Opens a look at the examples before training. */
export function DataLookButton() {
  const examples = say(useTask().example.many);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button onClick={() => setOpen(true)}>{say('Look at the {examples} …', { examples })}</button>
      {open && (
        <OverPage title={say('The {examples}', { examples })} wide onClose={() => setOpen(false)}>
          <Suspense fallback={<p>{say('Looking …')}</p>}>
            <DataLook />
          </Suspense>
        </OverPage>
      )}
    </>
  );
}
