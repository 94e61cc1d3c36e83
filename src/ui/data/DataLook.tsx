import { useEffect, useState } from 'react';
import type { DataLook as Look, LookRow } from '../../core/data/look';
import { asWorkbenchError } from '../../core/errors';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { ExamplePicture } from './ExamplePicture';
import { PlayButton } from './PlayButton';
import './DataLook.css';

/** What the examples look like, and how many of each class are for training, validation and testing. */
export default function DataLook() {
  const workbench = useWorkbench();
  const { example } = useTask();
  const dataset = useWorkbenchState((state) => state.dataset);
  const settings = useWorkbenchState((state) => state.settings);
  const { randomSeed, validationShare, batchSize } = useWorkbenchState((state) => state.choices);
  const [look, setLook] = useState<Look | string | null>(null);
  useEffect(() => {
    let newest = true;
    const show = (seen: Look | string) => {
      if (newest) setLook(seen);
    };
    workbench.lookAtData().then(show, (error: unknown) => show(asWorkbenchError(error).message));
    return () => void (newest = false);
  }, [workbench, dataset, settings, randomSeed, validationShare, batchSize]);
  if (look === null) return <p>Looking …</p>;
  if (typeof look === 'string') return <p className="error">{look}</p>;
  const most = Math.max(...look.rows.flatMap(({ train, validation, test }) => [train, validation, test]), 1);
  const total = (part: 'train' | 'validation' | 'test') => look.rows.reduce((sum, row) => sum + row[part], 0);
  return (
    <div className="data-look">
      <p className="hint">{look.split}</p>
      <div className="scrolled" tabIndex={0} role="region" aria-label={`${example.many} by class`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Training</th>
              <th scope="col">Validation</th>
              <th scope="col">Test</th>
              <th scope="col">Some of them</th>
            </tr>
          </thead>
          <tbody>
            {look.rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <Count of={row.train} most={most} />
                <Count of={row.validation} most={most} />
                <Count of={row.test} most={most} />
                <td>
                  <Samples of={row} words={example} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All</th>
              <td>{total('train').toLocaleString('en')}</td>
              <td>{total('validation').toLocaleString('en')}</td>
              <td>{total('test').toLocaleString('en')}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
    </div>
  );
}

/** A number with a bar below it, so that classes of unlike size are seen at once. */
function Count({ of, most }: { of: number; most: number }) {
  return (
    <td>
      {of.toLocaleString('en')}
      <span className="share" style={{ width: `${(100 * of) / most}%` }} />
    </td>
  );
}

function Samples({ of: { name, samples }, words }: { of: LookRow; words: { readonly one: string } }) {
  return (
    <div className="samples">
      {samples.map(({ picture, sound }, index) => (
        <span key={index} className="sample">
          <ExamplePicture of={picture} label={`${sound ? `Spectrogram of ${words.one}` : words.one} ${index + 1} of class ${name}`} />
          {sound && <PlayButton samples={sound} label={`Play ${words.one} ${index + 1} of class ${name}`} />}
        </span>
      ))}
    </div>
  );
}
