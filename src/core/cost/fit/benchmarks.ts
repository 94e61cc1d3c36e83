/** The four networks that every MLPerf Tiny submission measures. */
import { autoencoderSeed } from '../../network/autoencoder';
import { dsCnnSeed } from '../../network/dsCnn';
import { mobileNetSeed } from '../../network/mobileNet';
import type { Network } from '../../network/network';
import { resnet8Seed } from '../../network/resnet8';

export const benchmarks = {
  ic: resnet8Seed(10),
  vww: mobileNetSeed(2),
  kws: dsCnnSeed(12),
  ad: autoencoderSeed(640),
} satisfies Record<string, Network>;

export type Benchmark = keyof typeof benchmarks;

/** The networks' names in tables. */
export const benchmarkTitles: Readonly<Record<Benchmark, string>> = {
  ic: 'IC ResNet-8',
  vww: 'VWW MobileNet',
  kws: 'KWS DS-CNN',
  ad: 'AD autoencoder',
};
