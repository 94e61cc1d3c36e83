import { word } from '../../language/say';
import { fittedDevice } from './fittedDevice';

/** ST NUCLEO-L4R5ZI: Arm Cortex-M4 with X-CUBE-AI 9.0. */
export const stm32l4r5 = fittedDevice({
  id: 'stm32l4r5',
  name: 'STM32 L4R5ZI, X-CUBE-AI 9.0',
  // 120 MHz: mlcommons/tiny_results_v1.2, STMicroelectronics/NUCLEO_L4R5ZI, system description.
  clockHz: 120e6,
  // 2 MB of flash: the same.
  flashBytes: 2 * 1024 ** 2,
  // 640 KB of RAM: the same.
  ramBytes: 640 * 1024,
  source: word('fitted to ST’s MLPerf Tiny 1.2 results for the NUCLEO-L4R5ZI with X-CUBE-AI 9.0'),
});
