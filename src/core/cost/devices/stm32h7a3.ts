import { word } from '../../language/say';
import { fittedDevice } from './fittedDevice';

/** ST NUCLEO-H7A3ZI-Q: Arm Cortex-M7 with X-CUBE-AI 9.0. */
export const stm32h7a3 = fittedDevice({
  id: 'stm32h7a3',
  name: 'STM32 H7A3ZI-Q, X-CUBE-AI 9.0',
  // 280 MHz: mlcommons/tiny_results_v1.2, STMicroelectronics/NUCLEO_H7A3ZI_Q, system description.
  clockHz: 280e6,
  // 2 MB of flash: the same.
  flashBytes: 2 * 1024 ** 2,
  // 1.19 MB of RAM: the same. Another submission says 1.4 MB; the smaller figure is safe.
  ramBytes: 1.19e6,
  source: word('fitted to ST’s MLPerf Tiny 1.2 results for the NUCLEO-H7A3ZI-Q with X-CUBE-AI 9.0'),
});
