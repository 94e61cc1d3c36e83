import { useCallback, useState } from 'react';
import type { InputScaling } from '../../core/data/inputScaling';
import { qualityText } from '../../core/tasks/task';
import { counted } from '../../core/words';
import type { MeasuringProgress, OpenedFile, OpenedQuality } from '../../protocol/protocol';
import { Measurement } from '../export/Measurement';
import { SelectField } from '../setup/SelectField';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';

const LIKELIEST = 'likeliest';
const ofAll = { normalised: 'Mean 0 and deviation 1 per channel' } as const;
const ofPictures = {
  ...ofAll,
  plain: 'From 0 to 1',
  bytes: 'From 0 to 255',
  centredBytes: 'From −128 to 127',
  centred: 'From −1 to 1',
} as const satisfies Record<InputScaling, string>;
const ofSounds = { ...ofAll, plain: 'As they are' } as const;

/** How good the network is on the test examples in use. */
export function OpenedQualityView({ of }: { readonly of: OpenedFile }) {
  const { opened } = useWorkbench();
  const { quality, example, asks } = useTask();
  const dataset = useWorkbenchState((state) => state.dataset);
  const { testCount } = useWorkbenchState((state) => state.settings);
  const [chosen, setChosen] = useState<InputScaling | typeof LIKELIEST>(of.input.range ? LIKELIEST : 'normalised');
  const [attempt, setAttempt] = useState(0);
  const measure = useCallback(
    (tell: (progress: MeasuringProgress) => void) => opened.measure(chosen === LIKELIEST ? null : chosen, tell),
    [opened, chosen],
  );
  const end = useCallback(() => opened.endMeasuring(), [opened]);
  const scalings: Readonly<Partial<Record<InputScaling, string>>> = example.kind === 'picture' ? ofPictures : ofSounds;
  return (
    <>
      <table>
        <caption>
          {quality.label} on {counted(testCount, `test ${example.one}`, `test ${example.many}`)} of “{dataset?.name}”
        </caption>
        <tbody>
          <tr className="strong">
            <th scope="row">{of.numbers === 'int8' ? 'As int8, as devices round' : 'With floats'}</th>
            <td aria-live="polite">
              <Measurement<OpenedQuality>
                key={`${chosen} ${attempt}`}
                label="Measuring the file"
                measure={measure}
                end={end}
                again={() => setAttempt(attempt + 1)}
              >
                {(found) => `${qualityText(quality, found.quality)}; values of ${example.many}: ${inWords(scalings, found.scaling)}`}
              </Measurement>
            </td>
          </tr>
        </tbody>
      </table>
      <div className="choices">
        <SelectField
          label={`Values of ${example.many} in its input`}
          value={chosen}
          options={{ ...(of.input.range && { [LIKELIEST]: 'As fits the range of its input best' }), ...scalings }}
          disabled={false}
          onChange={setChosen}
        />
      </div>
      <p className="hint">
        A file does not say how its input is made. {asks === 'classes' && 'Classes count in the order in which the examples have them. '}
        Another task and other examples are chosen at “Set-up”.
      </p>
    </>
  );
}

/** Within a sentence. */
const inWords = (scalings: Readonly<Partial<Record<InputScaling, string>>>, scaling: InputScaling) =>
  (scalings[scaling] ?? scaling).replace(/^./, (first) => first.toLowerCase());
