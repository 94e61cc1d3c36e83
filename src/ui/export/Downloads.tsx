import { useState } from 'react';
import { say } from '../../core/language/say';
import type { RangeChoice } from '../../core/quantize/ranges';
import { asWorkbenchError } from '../../core/errors';
import type { Told } from '../../core/language/told';
import { ErrorText } from '../ErrorText';
import { download } from '../download';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';

/** Every file that a run gives, with what runs or reads it. */
export function Downloads({ ranges }: { readonly ranges: RangeChoice }) {
  const { int8 } = useWorkbench();
  const exports = useWorkbenchState((state) => state.exports);
  const [making, setMaking] = useState<string | null>(null);
  const [error, setError] = useState<Told | null>(null);
  const take = async ({ id, fileName, mime }: (typeof exports)[number]) => {
    setMaking(id);
    setError(null);
    try {
      download(fileName, mime, await int8.file(id, ranges));
    } catch (reason) {
      setError(asWorkbenchError(reason).told);
    } finally {
      setMaking(null);
    }
  };
  return (
    <>
      <h3>{say('Files')}</h3>
      <ul className="downloads">
        {exports.map((file) => (
          <li key={file.id}>
            <button disabled={making !== null} onClick={() => void take(file)}>
              {making === file.id ? say('Making {file}', { file: say(file.label) }) : say('Download {file}', { file: say(file.label) })}
            </button>
            <span className="hint">{say(file.note)}</span>
          </li>
        ))}
      </ul>
      <ErrorText of={error} />
    </>
  );
}
