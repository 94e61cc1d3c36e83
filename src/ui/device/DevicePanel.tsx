import { useState } from 'react';
import { devices } from '../../core/cost/devices/index';
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
    <Panel title="Device" part="device">
      <div className="device">
        <label htmlFor="device">Target device</label>
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
          <option value={OWN}>{ownDevice ? `${ownDevice.device.name} (own)` : 'Your own …'}</option>
        </select>
      </div>
      {space && <Facts />}
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Your own device</summary>
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
    measured ? 'times measured' : `${(clockHz / 1e6).toLocaleString('en')} MHz`,
    flashBytes === null ? null : `${kilobytes(flashBytes)} flash memory`,
    ramBytes === null ? null : `${kilobytes(ramBytes)} RAM`,
    powerW === null ? 'power unknown' : `${Number((1000 * powerW).toPrecision(3))} mW`,
  ];
  return (
    <p className="hint">
      {facts.filter((fact) => fact !== null).join(', ')}. Costs: {source}.
    </p>
  );
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toLocaleString('en', { maximumFractionDigits: 0 })} kB`;
