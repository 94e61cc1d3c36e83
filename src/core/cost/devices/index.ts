/** The devices that a search may target. */
import { WorkbenchError } from '../../errors';
import { sayLater } from '../../language/told';
import type { Device } from './device';
import { diana } from './diana';
import { gap8 } from './gap8';
import { gap9 } from './gap9';
import { mpic } from './mpic';
import { deviceFrom, type OwnDevice } from './ownDevice';
import { ra8d1 } from './ra8d1';
import { stm32f746 } from './stm32f746';
import { stm32g0b1 } from './stm32g0b1';
import { stm32h7a3 } from './stm32h7a3';
import { stm32l4r5 } from './stm32l4r5';
import { stm32u575 } from './stm32u575';

export type { Device } from './device';
export type { OwnDevice } from './ownDevice';

/** The id of a built-in device, or a person's own device. It is plain data, so that a run file can hold it. */
export type DeviceChoice = string | OwnDevice;

const all = [gap8, gap9, diana, mpic, stm32l4r5, stm32u575, stm32h7a3, stm32f746, stm32g0b1, ra8d1];

export const devices: ReadonlyMap<string, Device> = new Map(all.map((device) => [device.id, device]));

/** @throws WorkbenchError `invalid-setting` for an id that does not exist */
export function deviceOf(choice: DeviceChoice): Device {
  if (typeof choice !== 'string') return deviceFrom(choice);
  const device = devices.get(choice);
  if (!device)
    throw new WorkbenchError(
      'invalid-setting',
      sayLater('there is no device "{choice}"; there are: {all}', { choice, all: [...devices.keys()].join(', ') }),
    );
  return device;
}
