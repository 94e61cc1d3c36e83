import { useState } from 'react';
import { say, word } from '../../core/language/say';
import type { RangeChoice, RangeMethod } from '../../core/quantize/ranges';
import { grouped } from '../../core/words';
import { SelectField } from '../setup/SelectField';
import { Downloads } from './Downloads';
import { Int8Quality } from './Int8Quality';
import { Int8SizesView } from './Int8SizesView';
import { Snippets } from './Snippets';
import './ExportPanel.css';

const methods: Readonly<Record<RangeMethod, string>> = {
  minMax: word('All values (min-max)'),
  percentile: word('All but one value in 10,000 at either end (percentile)'),
  leastSquares: word('The range that changes values least (least squares)'),
};

const counts = { '20': 20, '200': 200, '1000': 1000 };

const mapped = <Key extends string, From, To>(of: Readonly<Record<Key, From>>, to: (from: From) => To) =>
  Object.fromEntries(Object.entries<From>(of).map(([key, value]) => [key, to(value)])) as Record<Key, To>;

/** The found network as int8: how good it is, what it takes on the device, and its files. */
export default function ExportPanel() {
  const [{ method, examples }, setRanges] = useState<RangeChoice>({ method: 'minMax', examples: 200 });
  // Everything below starts afresh for other ranges.
  const key = `${method} ${examples}`;
  const ranges = { method, examples };
  return (
    <div className="export">
      <p className="hint">
        {say('The network is written as int8 numbers, which devices compute fastest. All of it happens here: nothing is uploaded.')}
      </p>
      <Int8Quality key={`quality ${key}`} ranges={ranges} />
      <div className="choices">
        <SelectField
          label={say('Ranges of int8 numbers hold')}
          value={method}
          options={mapped(methods, say)}
          disabled={false}
          onChange={(chosen) => setRanges({ method: chosen, examples })}
        />
        <SelectField
          label={say('Training examples that ranges come from')}
          value={String(examples) as keyof typeof counts}
          options={mapped(counts, grouped)}
          disabled={false}
          onChange={(chosen) => setRanges({ method, examples: Number(chosen) })}
        />
      </div>
      <p className="hint">{say('If the network is worse as int8, try other ranges. Files have the ranges that are chosen here.')}</p>
      <Int8SizesView key={`sizes ${key}`} ranges={ranges} />
      <Downloads ranges={ranges} />
      <Snippets />
    </div>
  );
}
