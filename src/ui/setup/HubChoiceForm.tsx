import { useState } from 'react';
import { wholeRange } from '../../core/config/domain';
import { megabytes } from '../../core/words';
import { say, word } from '../../core/language/say';
import { ErrorText } from '../ErrorText';
import type { HubListing } from '../../protocol/datasets';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';
import { HubProgress } from './HubProgress';
import { NumberField } from './NumberField';
import { SelectField } from './SelectField';

/** Enough for a first search, and fetched within a minute. */
const FIRST_MOST = 2000;
/** Stands for no split, and is no name that one can have. */
const A_FIFTH = '';

type Config = HubListing['configs'][number];

/** What to take of a listed data set. */
export function HubChoiceForm({ listing, onDone }: { readonly listing: HubListing; readonly onDone: () => void }) {
  const [name, setName] = useState(listing.configs[0]?.name ?? '');
  const loading = useWorkbenchState((state) => state.loadingData);
  const config = listing.configs.find((one) => one.name === name);
  return (
    <>
      {listing.configs.length > 1 && (
        <div className="fields">
          <SelectField
            label={say('Configuration')}
            value={name}
            options={namesOf(listing.configs)}
            disabled={loading}
            onChange={(value) => setName(value)}
          />
        </div>
      )}
      {config && <ConfigForm key={name} config={config} onDone={onDone} />}
    </>
  );
}

function ConfigForm({ config, onDone }: { readonly config: Config; readonly onDone: () => void }) {
  const workbench = useWorkbench();
  const { example } = useTask();
  const loading = useWorkbenchState((state) => state.loadingData);
  const error = useWorkbenchState((state) => state.dataError);
  const { splits } = config.suggested;
  const [train, setTrain] = useState(splits.train);
  const [test, setTest] = useState(splits.test ?? A_FIFTH);
  const suggested = example.kind === 'vector' ? null : config.suggested[example.kind];
  const [columns, setColumns] = useState(suggested ?? { example: config.columns[0]?.name ?? '', label: config.columns[0]?.name ?? '' });
  const [most, setMost] = useState<number | null>(FIRST_MOST);
  const [tried, setTried] = useState(false);
  const labels = Object.fromEntries(config.splits.map((split) => [split.name, splitText(split)]));
  const others = Object.fromEntries(Object.entries(labels).filter(([name]) => name !== train));
  const tests = test === train ? A_FIFTH : test;
  const fetchData = async () => {
    setTried(true);
    const choice = {
      config: config.name,
      train,
      test: tests === A_FIFTH ? null : tests,
      columns: config.columns.length > 0 ? columns : null,
      most,
    };
    if (await workbench.hub.import(choice)) onDone();
  };
  return (
    <div className="fields">
      <SelectField label={say('Learn from')} value={train} options={labels} disabled={loading} onChange={setTrain} />
      <SelectField
        label={say('Test on')}
        value={tests}
        options={{ ...others, [A_FIFTH]: say('a fifth of “{split}”, drawn', { split: train }) }}
        disabled={loading}
        onChange={setTest}
      />
      {config.columns.length > 0 && (
        <>
          <SelectField
            label={say('Column of {examples}', { examples: say(example.many) })}
            value={columns.example}
            options={namesOf(config.columns)}
            disabled={loading}
            onChange={(value) => setColumns({ ...columns, example: value })}
          />
          <SelectField
            label={say('Column of classes')}
            value={columns.label}
            options={namesOf(config.columns)}
            disabled={loading}
            onChange={(value) => setColumns({ ...columns, label: value })}
          />
        </>
      )}
      <NumberField
        label={say('At most, of each split')}
        value={most}
        unset={say('all')}
        range={wholeRange(10, 2 ** 31)}
        disabled={loading}
        onChange={setMost}
      />
      <p className="hint">{config.columns.length > 0 ? say(fewerHint) : say(unknownColumnsHint)}</p>
      <div className="buttons">
        <button type="button" className="primary" disabled={loading} onClick={() => void fetchData()}>
          {tried && error ? say('Go on') : say('Fetch')}
        </button>
        {loading && (
          <button type="button" onClick={() => workbench.hub.cancel()}>
            {say('Stop')}
          </button>
        )}
      </div>
      {loading && <HubProgress />}
      {tried && <ErrorText of={error?.told} />}
    </div>
  );
}

const fewerHint = word('Fewer than all are taken from places at equal distances over the split, since neighbours are often of one class.');
const unknownColumnsHint = word(
  'Fewer than all are taken from places at equal distances over the split, since neighbours are often of one class. The hub does not tell the columns, so they are looked for in the files.',
);

const namesOf = (all: readonly { readonly name: string }[]) => Object.fromEntries(all.map(({ name }) => [name, name]));

function splitText({ name, rows, bytes, partial }: Config['splits'][number]): string {
  const facts = [
    ...(rows === null ? [] : [say('{count, number} rows', { count: rows })]),
    say('{size} in all', { size: megabytes(bytes) }),
    ...(partial ? [say('only its beginning')] : []),
  ];
  return say('{name} ({facts})', { name, facts: facts.join(say(', ')) });
}
