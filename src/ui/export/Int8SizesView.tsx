import { useEffect, useState } from 'react';
import type { RangeChoice } from '../../core/quantize/ranges';
import { asWorkbenchError, WorkbenchError } from '../../core/errors';
import { locale, say, word } from '../../core/language/say';
import { ErrorText } from '../ErrorText';
import type { Int8Sizes } from '../../protocol/protocol';
import { useWorkbench } from '../useWorkbench';
import { Warnings } from '../Warnings';

/** What the files take on the device, beside the limits. @param ranges stay the same */
export function Int8SizesView({ ranges: { method, examples } }: { readonly ranges: RangeChoice }) {
  const { int8 } = useWorkbench();
  const [sizes, setSizes] = useState<Int8Sizes | WorkbenchError | null>(null);
  useEffect(() => {
    let newest = true;
    const show = (seen: Int8Sizes | WorkbenchError) => {
      if (newest) setSizes(seen);
    };
    int8.sizes({ method, examples }).then(show, (error: unknown) => show(asWorkbenchError(error)));
    return () => void (newest = false);
  }, [int8, method, examples]);
  if (sizes === null) return <p aria-live="polite">{say('Making the files …')}</p>;
  if (sizes instanceof WorkbenchError) return <ErrorText of={sizes.told} />;
  const { flashBytes, ramBytes } = sizes.limits;
  return (
    <>
      <table>
        <caption>{say('Memory on the device')}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{say('Takes')}</th>
            <th scope="col">{say('Limit')}</th>
          </tr>
        </thead>
        <tbody>
          <Size name={say('Flash memory: model.tflite')} bytes={sizes.tflite.fileBytes} limit={flashBytes} />
          <Size
            name={say('of it weights, biases and scales, which the C files hold too')}
            bytes={sizes.tflite.constantBytes}
            limit={null}
          />
          <Size name={say('RAM: activations of model.tflite')} bytes={sizes.tflite.activationBytes} limit={ramBytes} />
          <Size name={say('RAM: activations of the ONNX and C files')} bytes={sizes.activationBytes} limit={ramBytes} />
        </tbody>
      </table>
      <p className="hint">
        {say(
          'Counted in model.tflite itself, with ranges of {examples, number} training examples. The code that runs it comes on top, and what an interpreter keeps in RAM.',
          {
            examples: sizes.ranges.examples,
          },
        )}
      </p>
      {sizes.broken.map((sentence, index) => (
        <ErrorText key={index} of={sentence} />
      ))}
      <Warnings of={sizes.warnings} />
    </>
  );
}

function Size({ name, bytes, limit }: { readonly name: string; readonly bytes: number; readonly limit: Int8Sizes['limits']['ramBytes'] }) {
  const met = limit && bytes <= limit.bytes;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {text(bytes)} {limit && <span className={met ? 'met' : 'missed'}>{met ? say('met') : say('missed')}</span>}
      </td>
      <td>{limit && say('{bytes} ({from})', { bytes: text(limit.bytes), from: say(origins[limit.from]) })}</td>
    </tr>
  );
}

const origins = { target: word('target'), device: word('device') } as const;

const text = (bytes: number) => `${bytes.toLocaleString(locale(), { maximumFractionDigits: 0 })} B`;
