import { lazy, Suspense, useCallback, useState } from 'react';
import { say, word } from '../../core/language/say';
import { missingPart } from '../network/missingPart';
import { OverPage } from '../OverPage';
import { useDroppedNetwork } from './useDroppedNetwork';

const OpenedPanel = lazy(() => import('./OpenedPanel').catch(missingPart(word('What shows a file'))));

/** Opens a network of any program, picked or dropped on the page. */
export function OpenNetworkButton() {
  const [opened, setOpened] = useState<{ readonly file: File; readonly times: number } | null>(null);
  const open = useCallback((file: File) => setOpened((before) => ({ file, times: (before?.times ?? 0) + 1 })), []);
  useDroppedNetwork(open);
  return (
    <>
      <label className="button">
        {say('Open a .tflite file …')}
        <input
          type="file"
          className="visually-hidden"
          accept=".tflite"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) open(file);
            target.value = '';
          }}
        />
      </label>
      {opened && (
        <OverPage title={opened.file.name} wide onClose={() => setOpened(null)}>
          <Suspense fallback={<p>{say('Loading …')}</p>}>
            <OpenedPanel key={opened.times} file={opened.file} />
          </Suspense>
        </OverPage>
      )}
    </>
  );
}
