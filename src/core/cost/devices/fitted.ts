/** Written by `npm run -s fit` from fit/publishedBoards.ts; not to be changed by hand. Cycles, power in watts, and how far the model is off. */
export const fitted = {
  gap9: { powerW: 0.05088, modelErrors: { latencyMs: 0.4354, energyUj: 0.471 } },
  stm32l4r5: {
    cyclesPerMac: { conv2d: 1.486, pointwise: 1.132, depthwiseConv2d: 1.889, dense: 2.049 },
    cyclesPerOutput: { conv2d: 17.93, pointwise: 7.043, depthwiseConv2d: 19.07, dense: 17.47 },
    fixedCycles: 37530,
    powerW: 0.04145,
    modelErrors: { latencyMs: 0.2705, energyUj: 0.2261 },
  },
  stm32u575: {
    cyclesPerMac: { conv2d: 1.319, pointwise: 1.005, depthwiseConv2d: 1.676, dense: 1.818 },
    cyclesPerOutput: { conv2d: 15.91, pointwise: 6.249, depthwiseConv2d: 16.92, dense: 15.51 },
    fixedCycles: 33300,
    powerW: 0.02311,
    modelErrors: { latencyMs: 0.2678, energyUj: 0.2871 },
  },
  stm32h7a3: {
    cyclesPerMac: { conv2d: 0.8748, pointwise: 0.6665, depthwiseConv2d: 1.112, dense: 1.206 },
    cyclesPerOutput: { conv2d: 10.55, pointwise: 4.145, depthwiseConv2d: 11.22, dense: 10.29 },
    fixedCycles: 22090,
    powerW: 0.1261,
    modelErrors: { latencyMs: 0.2486, energyUj: 0.2101 },
  },
  stm32f746: {
    cyclesPerMac: { conv2d: 0.9326, pointwise: 1.264, depthwiseConv2d: 1.198, dense: 1.305 },
    cyclesPerOutput: { conv2d: 11.84, pointwise: 12.78, depthwiseConv2d: 11.97, dense: 12.12 },
    fixedCycles: 24090,
    powerW: null,
    modelErrors: { latencyMs: 0.0895 },
  },
  stm32g0b1: {
    cyclesPerMac: { conv2d: 6.759, pointwise: 9.16, depthwiseConv2d: 8.68, dense: 9.458 },
    cyclesPerOutput: { conv2d: 85.84, pointwise: 92.61, depthwiseConv2d: 86.74, dense: 87.84 },
    fixedCycles: 174600,
    powerW: null,
    modelErrors: { latencyMs: 0.1351 },
  },
  ra8d1: {
    cyclesPerMac: { conv2d: 0.2771, pointwise: 0.5384, depthwiseConv2d: 0.6142, dense: 0.8591 },
    cyclesPerOutput: { conv2d: 6.171, pointwise: 7.185, depthwiseConv2d: 6.1, dense: 6.651 },
    fixedCycles: 13080,
    powerW: null,
    modelErrors: { latencyMs: 0.6106 },
  },
} as const;
