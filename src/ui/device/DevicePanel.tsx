import { useState } from 'react';
import { devices } from '../../core/cost/devices/index';
import { locale, say } from '../../core/language/say';
import { isBusy } from '../../store/isBusy';
import { Panel } from '../Panel';
import { useWorkbench, useWorkbenchState } from '../useWorkbench';
import { OwnDevice } from './OwnDevice';
import './DevicePanel.css';

const OWN = 'own';

/** Which device the network is for; fixed while a search runs. */
export function DevicePanel() {
  const workbench = useWorkbench();
  const device = useWorkbenchState((state) => state.device);
  const ownDevice = useWorkbenchState((state) => state.ownDevice);
  const space = useWorkbenchState((state) => state.space);
  const busy = useWorkbenchState(({ run }) => isBusy(run));
  const [open, setOpen] = useState(false);
  const pick = (id: string) => {
    if (id !== OWN) void workbench.device.pick(id);
    else if (ownDevice) void workbench.device.useOwn(ownDevice);
    else setOpen(true);
  };
  return (
    <Panel title={say('Device')} part="device">
      <div className="device">
        <label htmlFor="device">{say('Target device')}</label>
        <select
          id="device"
          value={typeof device === 'string' ? device : OWN}
          disabled={busy || !space}
          onChange={(event) => pick(event.target.value)}
        >
          {[...devices.values()].map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value={OWN}>{ownDevice ? say('{name} (own)', { name: ownDevice.device.name }) : say('Your own …')}</option>
        </select>
      </div>
      {space && <Facts />}
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{say('Your own device')}</summary>
        <OwnDevice />
      </details>
    </Panel>
  );
}

function Facts() {
  const device = useWorkbenchState((state) => state.space?.device);
  const measured = useWorkbenchState((state) => typeof state.device !== 'string' && state.ownDevice?.residuals !== null);
  if (!device) return null;
  const { clockHz, flashBytes, ramBytes, powerW, source } = device;
  const facts = [
    // A model of measured times counts nanoseconds, whatever the clock.
    measured ? say('times measured') : `${(clockHz / 1e6).toLocaleString(locale())} MHz`,
    flashBytes === null ? null : say('{size} flash memory', { size: kilobytes(flashBytes) }),
    ramBytes === null ? null : say('{size} RAM', { size: kilobytes(ramBytes) }),
    powerW === null ? say('power unknown') : `${Number((1000 * powerW).toPrecision(3))} mW`,
  ];
  return (
    <p className="hint">
      {say('{facts}. Costs: {source}.', { facts: facts.filter((fact) => fact !== null).join(say(', ')), source: say(source) })}
    </p>
  );
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toLocaleString(locale(), { maximumFractionDigits: 0 })} kB`;
