import { useCallback, useState } from 'react';
import type { InputScaling } from '../../core/data/inputScaling';
import { qualityText } from '../../core/tasks/task';
import { say, word } from '../../core/language/say';
import type { MeasuringProgress, OpenedFile, OpenedQuality } from '../../protocol/protocol';
import { Measurement } from '../export/Measurement';
import { SelectField } from '../setup/SelectField';
import { useTask, useWorkbench, useWorkbenchState } from '../useWorkbench';

const LIKELIEST = 'likeliest';
const ofAll = { normalised: word('Mean 0 and deviation 1 per channel') } as const;
const ofPictures = {
  ...ofAll,
  plain: word('From 0 to 1'),
  bytes: word('From 0 to 255'),
  centredBytes: word('From −128 to 127'),
  centred: word('From −1 to 1'),
} as const satisfies Record<InputScaling, string>;
const ofSounds = { ...ofAll, plain: word('As they are') } as const;

/** How good the network is on the test examples in use. */
export function OpenedQualityView({ of }: { readonly of: OpenedFile }) {
  const { opened } = useWorkbench();
  const { quality, example, asks } = useTask();
  const examples = say(example.many);
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
          {say('{quality} on {count, number} test {examples} of “{dataset}”', {
            quality: say(quality.label),
            count: testCount,
            examples: testCount === 1 ? say(example.one) : examples,
            dataset: dataset?.synthetic ? say(dataset.name) : (dataset?.name ?? ''),
          })}
        </caption>
        <tbody>
          <tr className="strong">
            <th scope="row">{of.numbers === 'int8' ? say('As int8, as devices round') : say('With floats')}</th>
            <td className="wraps" aria-live="polite">
              <Measurement<OpenedQuality>
                key={`${chosen} ${attempt}`}
                label={say('Measuring the file')}
                measure={measure}
                end={end}
                again={() => setAttempt(attempt + 1)}
              >
                {(found) =>
                  say('{quality}; values of {examples}: {scaling}', {
                    quality: qualityText(quality, found.quality),
                    examples,
                    scaling: inWords(scalings, found.scaling),
                  })
                }
              </Measurement>
            </td>
          </tr>
        </tbody>
      </table>
      <div className="choices">
        <SelectField
          label={say('Values of {examples} in its input', { examples })}
          value={chosen}
          options={{
            ...(of.input.range && { [LIKELIEST]: say('As fits the range of its input best') }),
            ...Object.fromEntries(Object.entries(scalings).map(([id, label]) => [id, say(label)])),
          }}
          disabled={false}
          onChange={setChosen}
        />
      </div>
      <p className="hint">{asks === 'classes' ? say(classesHint) : say(inputHint)}</p>
    </>
  );
}

const inputHint = word('A file does not say how its input is made. Another task and other examples are chosen at “Set-up”.');
const classesHint = word(
  'A file does not say how its input is made. Classes count in the order in which the examples have them. Another task and other examples are chosen at “Set-up”.',
);

/** Within a sentence. */
const inWords = (scalings: Readonly<Partial<Record<InputScaling, string>>>, scaling: InputScaling) =>
  say(scalings[scaling] ?? scaling).replace(/^./, (first) => first.toLowerCase());
