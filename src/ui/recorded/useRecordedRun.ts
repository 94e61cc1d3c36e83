import { startTransition, useEffect, useState } from 'react';
import { say } from '../../core/language/say';
import type { RecordedView } from '../../store/recordedView';
import { whileUntouched } from '../../store/untouched';
import { useWorkbench } from '../useWorkbench';
import { toOwnRun } from './toOwnRun';

/** The run that plays until a person touches the page; null before and after, and where its file does not come. */
export function useRecordedRun(): RecordedView | null {
  const { store } = useWorkbench();
  const [view, setView] = useState<RecordedView | null>(null);
  useEffect(() => {
    let wanted = true;
    const end = () => {
      wanted = false;
      setView(null);
    };
    const stop = whileUntouched(
      store,
      (page) =>
        void import('./openRecorded')
          .then(({ openRecorded }) => openRecorded(page))
          .then((opened) => {
            if (!wanted || !opened) return;
            startTransition(() => setView(opened));
            store.setState({ announcement: () => say('A recorded run is shown, not one of yours. {next}', { next: toOwnRun(page) }) });
          })
          // The page is whole without it.
          .catch(() => {}),
      end,
    );
    return () => {
      stop();
      end();
    };
  }, [store]);
  return view;
}
