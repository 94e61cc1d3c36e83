import { word } from '../../language/say';
import { fittedDevice } from './fittedDevice';

/** ST NUCLEO-U575ZI-Q: Arm Cortex-M33 with X-CUBE-AI 9.0. */
export const stm32u575 = fittedDevice({
  id: 'stm32u575',
  name: 'STM32 U575ZI-Q, X-CUBE-AI 9.0',
  // 160 MHz: mlcommons/tiny_results_v1.2, STMicroelectronics/NUCLEO_U575ZI_Q, system description.
  clockHz: 160e6,
  // 2 MB of flash: the same.
  flashBytes: 2 * 1024 ** 2,
  // 768 KB of RAM: the same.
  ramBytes: 768 * 1024,
  source: word('fitted to ST’s MLPerf Tiny 1.2 results for the NUCLEO-U575ZI-Q with X-CUBE-AI 9.0'),
});
