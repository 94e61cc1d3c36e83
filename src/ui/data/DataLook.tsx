import { useEffect, useState } from 'react';
import type { DataLook as Look, LookRow } from '../../core/data/look';
import { asWorkbenchError, WorkbenchError } from '../../core/errors';
import { locale, say } from '../../core/language/say';
import { said } from '../../core/language/told';
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
  const [look, setLook] = useState<Look | WorkbenchError | null>(null);
  useEffect(() => {
    let newest = true;
    const show = (seen: Look | WorkbenchError) => {
      if (newest) setLook(seen);
    };
    workbench.lookAtData().then(show, (error: unknown) => show(asWorkbenchError(error)));
    return () => void (newest = false);
  }, [workbench, dataset, settings, randomSeed, validationShare, batchSize]);
  if (look === null) return <p>{say('Looking …')}</p>;
  if (look instanceof WorkbenchError) return <p className="error">{said(look.told)}</p>;
  const most = Math.max(...look.rows.flatMap(({ train, validation, test }) => [train, validation, test]), 1);
  const total = (part: 'train' | 'validation' | 'test') => look.rows.reduce((sum, row) => sum + row[part], 0);
  return (
    <div className="data-look">
      <p className="hint">{said(look.split)}</p>
      <div className="scrolled" tabIndex={0} role="region" aria-label={say('{examples} by class', { examples: say(example.many) })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('Class')}</th>
              <th scope="col">{say('Training')}</th>
              <th scope="col">{say('Validation')}</th>
              <th scope="col">{say('Test')}</th>
              <th scope="col">{say('Some of them')}</th>
            </tr>
          </thead>
          <tbody>
            {look.rows.map((row, index) => (
              <tr key={index}>
                <th scope="row">{said(row.name)}</th>
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
              <th scope="row">{say('All')}</th>
              <td>{total('train').toLocaleString(locale())}</td>
              <td>{total('validation').toLocaleString(locale())}</td>
              <td>{total('test').toLocaleString(locale())}</td>
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
      {of.toLocaleString(locale())}
      <span className="share" style={{ width: `${(100 * of) / most}%` }} />
    </td>
  );
}

function Samples({ of: { name, samples }, words }: { of: LookRow; words: { readonly one: string } }) {
  const nameOf = (index: number) =>
    say('{example} {number} of class {name}', { example: say(words.one), number: index + 1, name: said(name) });
  return (
    <div className="samples">
      {samples.map(({ picture, sound }, index) => (
        <span key={index} className="sample">
          <ExamplePicture of={picture} label={sound ? say('Spectrogram of {example}', { example: nameOf(index) }) : nameOf(index)} />
          {sound && <PlayButton samples={sound} label={say('Play {example}', { example: nameOf(index) })} />}
        </span>
      ))}
    </div>
  );
}
