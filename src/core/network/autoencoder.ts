/**
 * The fully connected autoencoder for machine sounds: the MLPerf Tiny anomaly detection network, and the search space that the paper
 * builds from it. Source: github.com/mlcommons/tiny (anomaly_detection/keras_model.py), eml-eda/pytorch-benchmarks,
 * eml-eda/multi-constraint-nas (models.py: the candidates).
 */
import type { Attributes } from '../ops/index';
import { inRow, kerasBatchNorm, relu } from './builders';
import { chain } from './chain';
import { INPUT } from './input';
import type { Layer, Network } from './network';

/** Units of the hidden layers, from the first one on. */
const WIDTHS = [128, 128, 128, 128, 8, 128, 128, 128, 128];
/** Numbers of the layers that may be left out: those with as many inputs as outputs. */
const SEARCHED = [2, 3, 4, 7, 8, 9];

const hidden = (units: number): Attributes[] => [{ op: 'dense', units, bias: true }, kerasBatchNorm, relu];
const nameOf = (number: number) => (number === 0 ? INPUT : `dense${number}`);
const last = (outputs: number): Attributes => ({ op: 'dense', units: outputs, bias: true });

/** @param outputs 640 in the benchmark, as many as inputs: five frames of 128 mel bands */
export function autoencoderSeed(outputs: number): Network {
  return {
    input: [outputs],
    layers: chain([
      ...WIDTHS.map((units, index): [string, Attributes[]] => [nameOf(index + 1), hidden(units)]),
      ['reconstruction', [last(outputs)]],
    ]),
  };
}

/** The paper's supernet: six of the ten layers are searched. */
export function autoencoderSupernet(outputs: number): Network {
  const layers = WIDTHS.flatMap((units, index): Layer[] => {
    const [id, from] = [nameOf(index + 1), nameOf(index)];
    if (!SEARCHED.includes(index + 1))
      return inRow(
        from,
        hidden(units).map((layer, at, all) => [at === all.length - 1 ? id : `${id}/${at}`, layer]),
      );
    const candidates = [
      { name: `dense${units}`, layers: hidden(units) },
      { name: 'identity', layers: [{ op: 'identity' as const }] },
    ];
    return [{ id, op: 'mixedOp', inputs: [from], candidates }];
  });
  return { input: [outputs], layers: [...layers, ...inRow(nameOf(WIDTHS.length), [['reconstruction', last(outputs)]])] };
}
