import { useEffect, useMemo, useState } from 'react';
import { asWorkbenchError } from '../../core/errors';
import { counted } from '../../core/words';
import type { OpenedFile } from '../../protocol/protocol';
import { OpenedView } from '../../store/openedView';
import { NetworkView } from '../network/NetworkView';
import { ShownContext, useWorkbench } from '../useWorkbench';
import { Warnings } from '../Warnings';
import { OpenedCosts } from './OpenedCosts';
import { OpenedQualityView } from './OpenedQualityView';
import './OpenedPanel.css';

/** A network of any program: its picture, what it costs on each device, and how good it is on the examples in use. */
export default function OpenedPanel({ file }: { readonly file: File }) {
  const { opened } = useWorkbench();
  const [read, setRead] = useState<OpenedFile | string | null>(null);
  useEffect(() => {
    let wanted = true;
    const show = (seen: OpenedFile | string) => {
      if (wanted) setRead(seen);
    };
    opened.open(file).then(show, (error: unknown) => show(asWorkbenchError(error).message));
    return () => void (wanted = false);
  }, [opened, file]);
  const isRead = read !== null && typeof read !== 'string';
  return (
    <div className="opened-file">
      <p role="status">{read === null ? 'Reading the file …' : isRead && inOneLine(read)}</p>
      {typeof read === 'string' && (
        <p className="error" role="alert">
          {read}
        </p>
      )}
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
  `${counted(layers.length, 'operation', 'operations')} on ${numbers} numbers, ${bytes(fileBytes)}. The file stays on this machine.`;

/** The network drawn as the page draws every network. */
function Picture({ of: { space, input } }: { readonly of: OpenedFile }) {
  const workbench = useWorkbench();
  const view = useMemo(() => new OpenedView(space, input.shape, workbench.state), [space, input, workbench]);
  return (
    <ShownContext value={view}>
      <NetworkView />
      <p className="hint">Costs of layers are those on the chosen device, {space.device.name}.</p>
      <Warnings of={space.warnings} />
    </ShownContext>
  );
}

function Sizes({ of: { constantBytes, activationBytes, input, output } }: { readonly of: OpenedFile }) {
  return (
    <table>
      <caption>What the file holds</caption>
      <tbody>
        <tr>
          <th scope="row">Input</th>
          <td>{tensorText(input)}</td>
        </tr>
        <tr>
          <th scope="row">Output</th>
          <td>{tensorText(output)}</td>
        </tr>
        <tr>
          <th scope="row">Weights, biases and scales</th>
          <td>{bytes(constantBytes)}</td>
        </tr>
        <tr>
          <th scope="row">Activations while it runs</th>
          <td>{bytes(activationBytes)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function tensorText({ name, shape, range }: OpenedFile['input']): string {
  const number = (value: number) => Number(value.toPrecision(4)).toLocaleString('en');
  return `${name}, ${shape.join('×')}${range ? `, from ${number(range.low)} to ${number(range.high)}` : ''}`;
}

const bytes = (count: number) => `${count.toLocaleString('en')} B`;
