/**
 * A channel search's part of a training step on WebGPU: masks, channel counts, expected costs, and the gradients of all of them.
 */
import {
  backwardBuffers,
  control,
  COSTS,
  forwardBuffers,
  penaltyOn,
  reportPenalty,
  slopeAndMove,
  type ArchitectureBuffers,
} from '../architecture/webgpu';
import { dispatch, GROUP, kernel, type Dispatch } from '../wgsl';

interface ChannelsShape {
  readonly groups: number;
  /** Channels of all groups: one parameter each. */
  readonly parameters: number;
  /** Numbers of all masks, gaps between them included. */
  readonly factors: number;
  readonly metrics: number;
  readonly products: number;
  readonly steps: number;
  /** A channel whose parameter is at most this far from 0 is masked. */
  readonly threshold: number;
}

/** Constants of a search. Ranges exclude their ends. */
interface ChannelsTable {
  /** Range of channels of each group. */
  readonly groups: readonly (readonly [number, number])[];
  /** The group of each channel. */
  readonly groupOf: readonly number[];
  /** The channel of each number of the masks, -1 in gaps. */
  readonly channelOf: readonly number[];
  /** Per metric: range of its products, then of its steps. */
  readonly metrics: readonly (readonly [number, number, number, number])[];
}

/**
 * In the order in which the kernels read them: groups, metrics, the group of each channel, the channel of each factor, the factors
 * of each channel.
 */
export function channelsTable({ groups, groupOf, channelOf, metrics }: ChannelsTable): Int32Array {
  const factorsOf = groupOf.map((): number[] => []);
  channelOf.forEach((channel, factor) => factorsOf[channel]?.push(factor));
  let at = 0;
  const ranges = factorsOf.map((factors) => [at, (at += factors.length)]);
  return Int32Array.from([...groups, ...metrics, groupOf, channelOf, ...ranges, ...factorsOf].flat());
}

/** A sum of group sizes: a constant, the block to round up to (0: no rounding), and the weight of each group. */
export type RowNumbers = readonly [constant: number, block: number, ...shares: number[]];

/** In the order in which the kernels read them. Rows: one factor of each product, then the other factor, then the steps. */
export function channelsNumbers(given: {
  readonly rows: readonly RowNumbers[];
  readonly productConstants: readonly number[];
  readonly fixed: readonly number[];
  /** Per channel: 0 when it always stays, 1 otherwise. */
  readonly free: readonly number[];
}): Float32Array {
  return Float32Array.from([...given.rows.flat(), ...given.productConstants, ...given.fixed, ...given.free]);
}

/**
 * Numbers of scratch: group sizes, values of rows, the slope at each size, per metric the share of the gradient of a step, and the slope
 * at each channel's importance.
 */
export const channelsScratch = ({ groups, products, steps, metrics, parameters }: ChannelsShape): number =>
  2 * groups + 2 * products + steps + metrics + parameters;

export function channelsForward(shape: ChannelsShape, buffers: ArchitectureBuffers): Dispatch {
  return dispatch(forwardKernel, 1, { ...shape }, buffers);
}

/** @param optimizer how the parameters move */
export function channelsBackward(shape: ChannelsShape, optimizer: 'adam' | 'sgd', buffers: ArchitectureBuffers): Dispatch {
  return dispatch(backwardKernels[optimizer], 1, { ...shape }, buffers);
}

const fields = {
  groups: 'i32',
  parameters: 'i32',
  factors: 'i32',
  metrics: 'i32',
  products: 'i32',
  steps: 'i32',
  threshold: 'f32',
} as const;

/** Positions in the table, the numbers and the scratch. */
const places = `
fn metricRow(metric: i32) -> i32 { return 2 * fields.groups + 4 * metric; }
fn groupOfAt() -> i32 { return 2 * fields.groups + 4 * fields.metrics; }
fn channelOfAt() -> i32 { return groupOfAt() + fields.parameters; }
fn rangeAt() -> i32 { return channelOfAt() + fields.factors; }
fn rowAt(row: i32) -> i32 { return row * (2 + fields.groups); }
fn constantAt() -> i32 { return rowAt(2 * fields.products + fields.steps); }
fn fixedAt() -> i32 { return constantAt() + fields.products; }
fn isFree(channel: i32) -> f32 { return numbers[fixedAt() + fields.metrics + channel]; }
fn valueAt(row: i32) -> i32 { return 2 * fields.groups + row; }
fn topsAt(metric: i32) -> i32 { return valueAt(2 * fields.products + fields.steps) + metric; }
fn slopesAt() -> i32 { return topsAt(fields.metrics); }`;

const forwardKernel = kernel({
  key: 'channelsForward',
  fields: { ...fields },
  buffers: forwardBuffers,
  declarations: `${places}
${penaltyOn}
fn importance(channel: i32) -> f32 { return select(1, abs(architecture[channel]), isFree(channel) > 0); }
fn mask(channel: i32) -> f32 { return f32(importance(channel) > fields.threshold); }`,
  perGroup: `
  for (var factor = lane; factor < fields.factors; factor += ${GROUP}) {
    let channel = table[channelOfAt() + factor];
    if (channel >= 0) { factors[factor] = mask(channel); }
  }
  let share = min(1, controls[${control.temperature}]);
  for (var group = lane; group < fields.groups; group += ${GROUP}) {
    var kept = 0.0;
    var sum = 0.0;
    for (var channel = table[2 * group]; channel < table[2 * group + 1]; channel++) {
      kept += mask(channel);
      sum += importance(channel);
    }
    let size = share * sum + (1 - share) * kept;
    scratch[group] = size;
    metrics[${COSTS} + fields.metrics + 2 * group] = kept;
    metrics[${COSTS} + fields.metrics + 2 * group + 1] = size;
  }
  storageBarrier();
  for (var row = lane; row < 2 * fields.products + fields.steps; row += ${GROUP}) {
    let at = rowAt(row);
    var value = numbers[at];
    for (var group = 0; group < fields.groups; group++) { value += numbers[at + 2 + group] * scratch[group]; }
    let block = numbers[at + 1];
    if (block > 0) { value = floor((value + (block - 1)) / block); }
    scratch[valueAt(row)] = value;
  }
  storageBarrier();
  var penalty = 0.0;
  for (var metric = lane; metric < fields.metrics; metric += ${GROUP}) {
    let row = metricRow(metric);
    var cost = numbers[fixedAt() + metric];
    for (var product = table[row]; product < table[row + 1]; product++) {
      cost += numbers[constantAt() + product] * scratch[valueAt(product)] * scratch[valueAt(fields.products + product)];
    }
    let steps = valueAt(2 * fields.products);
    for (var step = table[row + 2]; step < table[row + 3]; step++) { cost = max(cost, scratch[steps + step]); }
    var tops = 0.0;
    for (var step = table[row + 2]; step < table[row + 3]; step++) { tops += f32(scratch[steps + step] == cost); }
    scratch[topsAt(metric)] = tops;
    metrics[${COSTS} + metric] = cost;
    penalty += penaltyOn(metric, cost);
  }
  ${reportPenalty}`,
});

const backwardKernel = (optimizer: 'adam' | 'sgd') =>
  kernel({
    key: `channelsBackward ${optimizer}`,
    fields: { ...fields },
    buffers: backwardBuffers,
    declarations: `${places}
${slopeAndMove(optimizer)}`,
    perGroup: `
  for (var group = lane; group < fields.groups; group += ${GROUP}) {
    var slope = 0.0;
    for (var metric = 0; metric < fields.metrics; metric++) {
      let row = metricRow(metric);
      let slopeOfCost = slopeOf(metric);
      if (slopeOfCost == 0) { continue; }
      var reach = 0.0;
      // Rounding up has slope 1.
      for (var product = table[row]; product < table[row + 1]; product++) {
        let other = fields.products + product;
        reach += numbers[constantAt() + product] *
          (numbers[rowAt(product) + 2 + group] * scratch[valueAt(other)] + numbers[rowAt(other) + 2 + group] * scratch[valueAt(product)]);
      }
      // The steps that reach the largest value share the gradient equally.
      for (var step = table[row + 2]; step < table[row + 3]; step++) {
        let at = 2 * fields.products + step;
        if (scratch[valueAt(at)] == metrics[${COSTS} + metric]) { reach += numbers[rowAt(at) + 2 + group] / scratch[topsAt(metric)]; }
      }
      slope += slopeOfCost * reach;
    }
    scratch[fields.groups + group] = slope;
  }
  storageBarrier();
  for (var channel = lane; channel < fields.parameters; channel += ${GROUP}) {
    // Masks and channel counts follow importance with slope 1, and importance is the parameter's absolute value.
    var slope = scratch[fields.groups + table[groupOfAt() + channel]];
    let list = rangeAt() + 2 * fields.parameters;
    for (var at = table[rangeAt() + 2 * channel]; at < table[rangeAt() + 2 * channel + 1]; at++) { slope += shares[table[list + at]]; }
    scratch[slopesAt() + channel] = slope * isFree(channel);
    moveAlong(channel, slope * isFree(channel) * select(-1.0, 1.0, architecture[channel] > 0));
  }
  storageBarrier();
  for (var group = lane; group < fields.groups; group += ${GROUP}) {
    let first = table[2 * group];
    let last = table[2 * group + 1];
    var sum = 0.0;
    for (var channel = first; channel < last; channel++) { sum += scratch[slopesAt() + channel]; }
    // One channel of each group always stays.
    metrics[${COSTS} + fields.metrics + 2 * fields.groups + group] = reported(sum / f32(max(1, last - first - 1)));
  }`,
  });

const backwardKernels = { sgd: backwardKernel('sgd'), adam: backwardKernel('adam') };
