/** Boards whose cycle model is fitted to published measurements (`npm run -s fit`). */
import { modelTerms } from './cycleModel';
import type { Device } from './device';
import { fitted } from './fitted';

type FittedId = Exclude<keyof typeof fitted, 'gap9'>;

/** A board with the coefficients that were fitted for its id. */
export function fittedDevice(board: Omit<Device, 'powerW' | 'modelErrors' | 'fixedCycles' | 'cycles'> & { readonly id: FittedId }): Device {
  const model = fitted[board.id];
  const { powerW, modelErrors, fixedCycles } = model;
  return { ...board, powerW, modelErrors, fixedCycles, cycles: (row) => modelTerms(model, row) };
}
