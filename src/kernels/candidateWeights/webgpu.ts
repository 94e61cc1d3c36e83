/** A SuperNet's part of a training step on WebGPU: the candidates' weights, their expected costs, and the gradients of both. */
import {
  architectureRows,
  backwardBuffers,
  control,
  COSTS,
  forwardBuffers,
  penaltyOn,
  reportPenalty,
  slopeAndMove,
  type ArchitectureBuffers,
} from '../architecture/webgpu';
import { PENALTY_NUMBERS } from '../penalty/webgpu';
import { dispatch, GROUP, kernel, type Dispatch } from '../wgsl';

interface CandidatesShape {
  readonly mixedOps: number;
  /** Candidates of all mixed operations: one parameter each. */
  readonly parameters: number;
  readonly metrics: number;
  /** Strength of the inverse coefficient of variation, and the term that keeps it finite. */
  readonly variation: number;
  readonly leastVariance: number;
}

/**
 * First and last (exclusive) candidate of each mixed operation; first and last (exclusive) share of each candidate's weight
 * gradient; and per metric 1 when the largest of the mixed operations' costs counts instead of their sum.
 */
export function candidatesTable(
  mixedOps: readonly (readonly [number, number])[],
  shares: readonly (readonly [number, number])[],
  largest: readonly boolean[],
): Int32Array {
  return Int32Array.from([...[...mixedOps, ...shares].flat(), ...largest.map(Number)]);
}

/**
 * Numbers of scratch: weights without noise, weights before hardening, and each mixed operation's share of each metric's gradient.
 */
export const candidatesScratch = ({ mixedOps, parameters, metrics }: CandidatesShape): number => 2 * parameters + metrics * mixedOps;

/** `numbers` holds, per metric, the cost of everything that is not searched, then the cost of each candidate. */
export function candidatesForward(shape: CandidatesShape, buffers: ArchitectureBuffers): Dispatch {
  return dispatch(forwardKernel, 1, { ...shape }, buffers);
}

/** @param optimizer how the parameters move */
export function candidatesBackward(shape: CandidatesShape, optimizer: 'adam' | 'sgd', buffers: ArchitectureBuffers): Dispatch {
  return dispatch(backwardKernels[optimizer], 1, { ...shape }, buffers);
}

const fields = { mixedOps: 'i32', parameters: 'i32', metrics: 'i32', variation: 'f32', leastVariance: 'f32' } as const;

const forwardKernel = kernel({
  key: 'candidatesForward',
  fields: { ...fields },
  buffers: forwardBuffers,
  declarations: `${penaltyOn}
/** The softmax of a mixed operation's parameters, with or without their noise. */
fn weigh(first: i32, last: i32, to: i32, noisy: f32) {
  let noise = ${control.penalties} + ${PENALTY_NUMBERS} * fields.metrics;
  var most = architecture[first] + noisy * controls[noise + first];
  for (var k = first + 1; k < last; k++) { most = max(most, architecture[k] + noisy * controls[noise + k]); }
  var sum = 0.0;
  for (var k = first; k < last; k++) {
    let weight = exp((architecture[k] + noisy * controls[noise + k] - most) / controls[${control.temperature}]);
    scratch[to + k] = weight;
    sum += weight;
  }
  for (var k = first; k < last; k++) { scratch[to + k] /= sum; }
}`,
  perGroup: `
  for (var op = lane; op < fields.mixedOps; op += ${GROUP}) {
    let first = table[2 * op];
    let last = table[2 * op + 1];
    weigh(first, last, 0, 0.0);
    weigh(first, last, fields.parameters, 1.0);
    var likeliest = first;
    for (var k = first; k < last; k++) {
      metrics[${COSTS} + fields.metrics + k] = scratch[k];
      if (scratch[fields.parameters + k] > scratch[fields.parameters + likeliest]) { likeliest = k; }
    }
    for (var k = first; k < last; k++) {
      factors[k] = select(scratch[fields.parameters + k], f32(k == likeliest), controls[${control.hard}] > 0);
    }
  }
  storageBarrier();
  var penalty = 0.0;
  for (var metric = lane; metric < fields.metrics; metric += ${GROUP}) {
    let row = metric * (fields.parameters + 1);
    let largest = table[2 * (fields.mixedOps + fields.parameters) + metric] != 0;
    let reach = 2 * fields.parameters + metric * fields.mixedOps;
    var sum = 0.0;
    var most = numbers[row];
    for (var op = 0; op < fields.mixedOps; op++) {
      var expected = 0.0;
      for (var k = table[2 * op]; k < table[2 * op + 1]; k++) { expected += scratch[k] * numbers[row + 1 + k]; }
      sum += expected;
      most = max(most, expected);
      scratch[reach + op] = select(1, expected, largest);
    }
    if (largest) {
      // All places that reach the largest cost share the gradient equally, the fixed part included.
      var equals = f32(numbers[row] == most);
      for (var op = 0; op < fields.mixedOps; op++) { equals += f32(scratch[reach + op] == most); }
      for (var op = 0; op < fields.mixedOps; op++) { scratch[reach + op] = f32(scratch[reach + op] == most) / equals; }
    }
    let cost = select(sum + numbers[row], most, largest);
    metrics[${COSTS} + metric] = cost;
    penalty += penaltyOn(metric, cost);
  }
  ${reportPenalty}`,
});

const backwardKernel = (optimizer: 'adam' | 'sgd') =>
  kernel({
    key: `candidatesBackward ${optimizer}`,
    fields: { ...fields },
    buffers: backwardBuffers,
    declarations: `${slopeAndMove(optimizer)}
/** Slope of the task loss at a candidate's weight. */
fn taskSlope(candidate: i32) -> f32 {
  let range = 2 * (fields.mixedOps + candidate);
  var slope = 0.0;
  for (var at = table[range]; at < table[range + 1]; at++) { slope += shares[at]; }
  return slope;
}
/** Slope of variation * average^2 / (variance + leastVariance) at a weight, with the sample variance. */
fn variationSlope(weight: f32, average: f32, variance: f32, count: f32) -> f32 {
  let below = variance + fields.leastVariance;
  return fields.variation * 2 * average / below * (1 / count - average * (weight - average) / ((count - 1) * below));
}`,
    perGroup: `
  for (var op = lane; op < fields.mixedOps; op += ${GROUP}) {
    let first = table[2 * op];
    let last = table[2 * op + 1];
    let count = f32(last - first);
    let average = 1 / count;
    var variance = 0.0;
    for (var k = first; k < last; k++) { variance += (scratch[k] - average) * (scratch[k] - average) / max(1, count - 1); }
    // The task loss depends on the weights with noise (taskMean), costs and variation on those without (ownMean).
    var taskMean = 0.0;
    var ownMean = 0.0;
    for (var k = first; k < last; k++) {
      var own = 0.0;
      if (count > 1 && fields.variation > 0) { own = variationSlope(scratch[k], average, variance, count); }
      for (var metric = 0; metric < fields.metrics; metric++) {
        let reach = scratch[2 * fields.parameters + metric * fields.mixedOps + op];
        own += slopeOf(metric) * reach * numbers[metric * (fields.parameters + 1) + 1 + k];
      }
      // Stored in the place of the gradient until the whole gradient is known.
      architecture[${architectureRows.gradients} * fields.parameters + k] = own;
      ownMean += scratch[k] * own;
      taskMean += scratch[fields.parameters + k] * taskSlope(k);
    }
    for (var k = first; k < last; k++) {
      let own = architecture[${architectureRows.gradients} * fields.parameters + k];
      // Subtract before multiplying, so that the gradient is exactly 0 when one candidate has all the weight.
      let gradient = scratch[fields.parameters + k] * (taskSlope(k) - taskMean) + scratch[k] * (own - ownMean);
      let scaled = gradient / controls[${control.temperature}];
      metrics[${COSTS} + fields.metrics + fields.parameters + k] = reported(scaled);
      moveAlong(k, scaled);
    }
  }`,
  });

const backwardKernels = { sgd: backwardKernel('sgd'), adam: backwardKernel('adam') };
