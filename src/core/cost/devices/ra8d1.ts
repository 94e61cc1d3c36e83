import { word } from '../../language/say';
import { fittedDevice } from './fittedDevice';

/** Renesas EK-RA8D1: Arm Cortex-M85; the submission does not name its software. */
export const ra8d1 = fittedDevice({
  id: 'ra8d1',
  name: 'Renesas RA8D1, MLPerf Tiny 1.2',
  // 480 MHz: mlcommons/tiny_results_v1.2, Renesas/EK-RA8D1, system description.
  clockHz: 480e6,
  // 2 MB of flash: the same.
  flashBytes: 2 * 1024 ** 2,
  // 1 MB of RAM: the same.
  ramBytes: 1024 ** 2,
  source: word('fitted to Renesas’ MLPerf Tiny 1.2 results for the EK-RA8D1, whose software the submission does not name'),
});
