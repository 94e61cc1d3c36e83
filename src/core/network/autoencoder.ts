/**
 * The fully connected autoencoder for machine sounds: the MLPerf Tiny anomaly detection network. Source:
 * github.com/mlcommons/tiny (anomaly_detection/keras_model.py), eml-eda/pytorch-benchmarks.
 */
import type { Attributes } from '../ops/index';
import { kerasBatchNorm, relu } from './builders';
import { chain } from './chain';
import type { Network } from './network';

const WIDTHS = [128, 128, 128, 128, 8, 128, 128, 128, 128];

/** @param outputs 640 in the benchmark, as many as inputs: five frames of 128 mel bands */
export function autoencoderSeed(outputs: number): Network {
  const hidden = (units: number): Attributes[] => [{ op: 'dense', units, bias: true }, kerasBatchNorm, relu];
  return {
    input: [outputs],
    layers: chain([
      ...WIDTHS.map((units, index): [string, Attributes[]] => [`dense${index + 1}`, hidden(units)]),
      ['reconstruction', [{ op: 'dense', units: outputs, bias: true }]],
    ]),
  };
}
