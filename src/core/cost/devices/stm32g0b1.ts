import { word } from '../../language/say';
import { fittedDevice } from './fittedDevice';

/** ST NUCLEO-G0B1RE: Arm Cortex-M0+ with Bosch HALE 1.0.175. */
export const stm32g0b1 = fittedDevice({
  id: 'stm32g0b1',
  name: 'STM32 G0B1RE, HALE 1.0',
  // 64 MHz: mlcommons/tiny_results_v1.2, bosch/NUCLEO_G0B1RE_int8, system description.
  clockHz: 64e6,
  // 512 KB of flash: the same.
  flashBytes: 512 * 1024,
  // 144 KB of RAM: the same.
  ramBytes: 144 * 1024,
  source: word('fitted to Bosch’s MLPerf Tiny 1.2 results for the NUCLEO-G0B1RE with HALE 1.0.175'),
});
