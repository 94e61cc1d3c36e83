import { describe, expect, it } from 'vitest';
import { deviceFrom, parseOwnDevice, type OwnDevice } from './devices/ownDevice';
import { devices, type DeviceChoice } from './devices/index';
import { searchSpace } from '../search/space';
import { said } from '../language/told';

const cycles = { conv2d: 1, pointwise: 1, depthwiseConv2d: 1, dense: 1 };
const own = (modelErrors: OwnDevice['modelErrors'], powerW: number | null = 1): OwnDevice =>
  parseOwnDevice({
    name: 'mine',
    clockHz: 1e8,
    powerW,
    cyclesPerMac: cycles,
    cyclesPerOutput: cycles,
    fixedCycles: 0,
    ...(modelErrors && { modelErrors }),
  });
const warnings = (device: DeviceChoice) => searchSpace({ task: 'ic', device }, 10).warnings.map(said);

describe('a space warns of a device', () => {
  it('whose model was off by far, for each cost with the error', () => {
    const [latency, energy, ...more] = warnings(own({ latencyMs: 0.638, energyUj: 17.6 }));
    expect(latency).toMatch(/^Latency on this device is known to ± 64 %:/);
    expect(energy).toMatch(/^Energy on this device is known only roughly:/);
    expect(more).toEqual([]);
    expect(warnings(own({ latencyMs: 0.1, energyUj: 0.5 }))).toEqual([expect.stringMatching(/^Energy .* ± 50 %/)]);
  });

  it('not where the model is good, nothing is known of it, or the cost is not counted', () => {
    expect(warnings(own({ latencyMs: 0.29, energyUj: 0.29 }))).toEqual([]);
    expect(warnings(own(undefined))).toEqual([]);
    expect(warnings(own({ latencyMs: 0.1, energyUj: 5 }, null))).toEqual([]);
  });

  it('of ours just as of a person’s own', () => {
    const warned = [...devices.keys()].filter((id) => warnings(id).length > 0);
    expect(warned).toEqual(['gap9', 'ra8d1']);
    expect(warnings('ra8d1')[0]).toContain('± 61 %');
  });

  it('with what its description keeps', () => {
    const device = own({ latencyMs: 0.638 });
    expect(parseOwnDevice(JSON.parse(JSON.stringify(device)))).toEqual(device);
    expect(deviceFrom(device).modelErrors).toEqual({ latencyMs: 0.638 });
  });
});
