import { useEffect, useState } from 'react';
import { asWorkbenchError, WorkbenchError } from '../../core/errors';
import { locale, say } from '../../core/language/say';
import { ErrorText } from '../ErrorText';
import type { OpenedFile } from '../../protocol/protocol';
import { OpenedView } from '../../store/openedView';
import { useMemo } from '../language/memo';
import { NetworkView } from '../network/NetworkView';
import { ShownContext, useWorkbench } from '../useWorkbench';
import { Warnings } from '../Warnings';
import { OpenedCosts } from './OpenedCosts';
import { OpenedQualityView } from './OpenedQualityView';
import './OpenedPanel.css';

/** A network of any program: its picture, what it costs on each device, and how good it is on the examples in use. */
export default function OpenedPanel({ file }: { readonly file: File }) {
  const { opened } = useWorkbench();
  const [read, setRead] = useState<OpenedFile | WorkbenchError | null>(null);
  useEffect(() => {
    let wanted = true;
    const show = (seen: OpenedFile | WorkbenchError) => {
      if (wanted) setRead(seen);
    };
    opened.open(file).then(show, (error: unknown) => show(asWorkbenchError(error)));
    return () => void (wanted = false);
  }, [opened, file]);
  const refused = read instanceof WorkbenchError;
  const isRead = read !== null && !refused;
  return (
    <div className="opened-file">
      <p role="status">{read === null ? say('Reading the file …') : isRead && inOneLine(read)}</p>
      {refused && <ErrorText of={read.told} />}
      {isRead && (
        <>
          <Picture of={read} />
          <Sizes of={read} />
          <OpenedCosts of={read} />
          <OpenedQualityView of={read} />
        </>
      )}
    </div>
  );
}

const inOneLine = ({ layers, numbers, fileBytes }: OpenedFile) =>
  say('{count, plural, one {# operation} other {# operations}} on {numbers} numbers, {size}. The file stays on this machine.', {
    count: layers.length,
    numbers,
    size: bytes(fileBytes),
  });

/** The network drawn as the page draws every network. */
function Picture({ of: { space, input } }: { readonly of: OpenedFile }) {
  const workbench = useWorkbench();
  const view = useMemo(() => new OpenedView(space, input.shape, workbench.state), [space, input, workbench]);
  return (
    <ShownContext value={view}>
      <NetworkView />
      <p className="hint">{say('Costs of layers are those on the chosen device, {device}.', { device: space.device.name })}</p>
      <Warnings of={space.warnings} />
    </ShownContext>
  );
}

function Sizes({ of: { constantBytes, activationBytes, input, output } }: { readonly of: OpenedFile }) {
  return (
    <table>
      <caption>{say('What the file holds')}</caption>
      <tbody>
        <tr>
          <th scope="row">{say('Input')}</th>
          <td className="wraps">{tensorText(input)}</td>
        </tr>
        <tr>
          <th scope="row">{say('Output')}</th>
          <td className="wraps">{tensorText(output)}</td>
        </tr>
        <tr>
          <th scope="row">{say('Weights, biases and scales')}</th>
          <td>{bytes(constantBytes)}</td>
        </tr>
        <tr>
          <th scope="row">{say('Activations while it runs')}</th>
          <td>{bytes(activationBytes)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function tensorText({ name, shape, range }: OpenedFile['input']): string {
  const number = (value: number) => Number(value.toPrecision(4)).toLocaleString(locale());
  const facts = [
    name,
    shape.join('×'),
    ...(range ? [say('from {low} to {high}', { low: number(range.low), high: number(range.high) })] : []),
  ];
  return facts.join(say(', '));
}

const bytes = (count: number) => `${count.toLocaleString(locale())} B`;
