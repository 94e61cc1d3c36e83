import { word } from '../../language/say';
import { fittedDevice } from './fittedDevice';

/** ST DISCO-F746NG: Arm Cortex-M7 with Bosch HALE 1.0.175. */
export const stm32f746 = fittedDevice({
  id: 'stm32f746',
  name: 'STM32 F746NG, HALE 1.0',
  // 216 MHz: mlcommons/tiny_results_v1.2, bosch/DISCO_F746NG_int8, system description.
  clockHz: 216e6,
  // 1 MB of flash: the same.
  flashBytes: 1024 ** 2,
  // 320 KB of RAM: the same.
  ramBytes: 320 * 1024,
  source: word('fitted to Bosch’s MLPerf Tiny 1.2 results for the DISCO-F746NG with HALE 1.0.175'),
});
