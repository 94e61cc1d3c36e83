/**
 * The published measurements that boards are fitted to, and no others: MLPerf Tiny, closed division, 8-bit networks.
 * Each row is the median time of one inference and, where it was measured, its energy. `source` is the folder in
 * github.com/mlcommons whose <task>/performance/results.txt and <task>/energy/results.txt hold them.
 */
import type { Benchmark } from './benchmarks';

export interface PublishedBoard {
  readonly board: string;
  /** The built-in device with this board's model; null for a board that only helps to fit its software. */
  readonly device: string | null;
  /** Boards with the same software share a profile. */
  readonly software: string;
  readonly clockHz: number;
  readonly source: string;
  readonly rows: Readonly<Record<Benchmark, { readonly latencyMs: number; readonly energyUj: number | null }>>;
}

export const publishedBoards = [
  {
    board: 'NUCLEO-L4R5ZI',
    device: 'stm32l4r5',
    software: 'X-CUBE-AI 9.0',
    clockHz: 120e6,
    source: 'tiny_results_v1.2/closed/STMicroelectronics/results/NUCLEO_L4R5ZI',
    rows: {
      ic: { latencyMs: 165.13, energyUj: 6919.375 },
      vww: { latencyMs: 88.928, energyUj: 3894.566 },
      kws: { latencyMs: 43.187, energyUj: 1820.454 },
      ad: { latencyMs: 5.2608, energyUj: 203.368 },
    },
  },
  {
    board: 'NUCLEO-U575ZI-Q',
    device: 'stm32u575',
    software: 'X-CUBE-AI 9.0',
    clockHz: 160e6,
    source: 'tiny_results_v1.2/closed/STMicroelectronics/results/NUCLEO_U575ZI_Q',
    rows: {
      ic: { latencyMs: 111.07, energyUj: 2578.969 },
      vww: { latencyMs: 59.277, energyUj: 1354.685 },
      kws: { latencyMs: 29.056, energyUj: 656.163 },
      ad: { latencyMs: 3.4295, energyUj: 81.875 },
    },
  },
  {
    board: 'NUCLEO-H7A3ZI-Q',
    device: 'stm32h7a3',
    software: 'X-CUBE-AI 9.0',
    clockHz: 280e6,
    source: 'tiny_results_v1.2/closed/STMicroelectronics/results/NUCLEO_H7A3ZI_Q',
    rows: {
      ic: { latencyMs: 40.845, energyUj: 5090.283 },
      vww: { latencyMs: 23.804, energyUj: 2965.461 },
      kws: { latencyMs: 11.318, energyUj: 1375.599 },
      ad: { latencyMs: 1.2255, energyUj: 165.728 },
    },
  },
  {
    board: 'DISCO-F746NG',
    device: 'stm32f746',
    software: 'HALE 1.0.175',
    clockHz: 216e6,
    source: 'tiny_results_v1.2/closed/bosch/results/DISCO_F746NG_int8',
    rows: {
      ic: { latencyMs: 62.555, energyUj: null },
      vww: { latencyMs: 57.248, energyUj: null },
      kws: { latencyMs: 18.959, energyUj: null },
      ad: { latencyMs: 1.7112, energyUj: null },
    },
  },
  {
    board: 'NUCLEO-G0B1RE',
    device: 'stm32g0b1',
    software: 'HALE 1.0.175',
    clockHz: 64e6,
    source: 'tiny_results_v1.2/closed/bosch/results/NUCLEO_G0B1RE_int8',
    rows: {
      ic: { latencyMs: 1522.1, energyUj: null },
      vww: { latencyMs: 1414.4, energyUj: null },
      kws: { latencyMs: 474.61, energyUj: null },
      ad: { latencyMs: 40.893, energyUj: null },
    },
  },
  {
    board: 'NUCLEO-L4R5ZI',
    device: null,
    software: 'HALE 1.0.175',
    clockHz: 120e6,
    source: 'tiny_results_v1.2/closed/bosch/results/NUCLEO_L4R5ZI_int8',
    rows: {
      ic: { latencyMs: 180.54, energyUj: null },
      vww: { latencyMs: 180.51, energyUj: null },
      kws: { latencyMs: 60.158, energyUj: null },
      ad: { latencyMs: 5.8352, energyUj: null },
    },
  },
  {
    board: 'NUCLEO-U575ZI-Q',
    device: null,
    software: 'HALE 1.0.175',
    clockHz: 160e6,
    source: 'tiny_results_v1.2/closed/bosch/results/NUCLEO_U575ZI_int8',
    rows: {
      ic: { latencyMs: 120.54, energyUj: null },
      vww: { latencyMs: 119.83, energyUj: null },
      kws: { latencyMs: 38.583, energyUj: null },
      ad: { latencyMs: 3.8043, energyUj: null },
    },
  },
  {
    board: 'NUCLEO-H7A3ZI',
    device: null,
    software: 'HALE 1.0.175',
    clockHz: 280e6,
    source: 'tiny_results_v1.2/closed/bosch/results/NUCLEO_H7A3ZI_int8',
    rows: {
      ic: { latencyMs: 45.848, energyUj: null },
      vww: { latencyMs: 43.764, energyUj: null },
      kws: { latencyMs: 14.688, energyUj: null },
      ad: { latencyMs: 1.3594, energyUj: null },
    },
  },
  {
    board: 'CY8CPROTO-062-4343W',
    device: null,
    software: 'HALE 1.0.175',
    clockHz: 150e6,
    source: 'tiny_results_v1.2/closed/bosch/results/CY8CPROTO_062_4343W_int8',
    rows: {
      ic: { latencyMs: 162.21, energyUj: null },
      vww: { latencyMs: 154.68, energyUj: null },
      kws: { latencyMs: 54.154, energyUj: null },
      ad: { latencyMs: 5.9686, energyUj: null },
    },
  },
  {
    board: 'EK-RA8D1',
    device: 'ra8d1',
    software: 'not stated',
    clockHz: 480e6,
    source: 'tiny_results_v1.2/closed/Renesas/results/EK-RA8D1',
    rows: {
      ic: { latencyMs: 8.4783, energyUj: null },
      vww: { latencyMs: 13.393, energyUj: null },
      kws: { latencyMs: 3.4649, energyUj: null },
      ad: { latencyMs: 0.53075, energyUj: null },
    },
  },
] as const satisfies readonly PublishedBoard[];

/** GAP9's cycles are modelled after its accelerator, not fitted; its measurements give its power and show the model's error. */
export const publishedGap9 = {
  board: 'GAP9 EVK',
  device: 'gap9',
  software: 'GapFlow',
  clockHz: 370e6,
  source: 'tiny_results_v1.0/closed/greenwaves-technologies/results/gap9_800_370',
  rows: {
    ic: { latencyMs: 0.61622, energyUj: 40.356 },
    vww: { latencyMs: 1.1248, energyUj: 58.356 },
    kws: { latencyMs: 0.47546, energyUj: 26.659 },
    ad: { latencyMs: 0.1757, energyUj: 7.294 },
  },
} as const satisfies PublishedBoard;
