/**
 * Shared parts of the WebGPU kernels for a search's own part of a training step. These kernels work on a few hundred numbers, so
 * one group of threads does it all: forward from architecture parameters to the network's factors, expected costs and penalty, and
 * backward to the parameters' gradient and their move.
 */
import { adamConstants } from '../optimizer/webgpu';
import { penaltyFunction, penaltySlopeFunction } from '../penalty/webgpu';
import { GROUP, type BufferUse } from '../wgsl';

/** Positions in a step's controls, in numbers. */
export const control = {
  /** [rate, second-moment correction, weight decay] of the weights. */
  weights: 0,
  /** [rate, second-moment correction] of the architecture parameters. */
  architecture: 3,
  /** 1 when the architecture parameters move. */
  moves: 5,
  /** Architecture parameters are kept between minus and plus this bound; 0 for no bound. */
  bound: 6,
  temperature: 7,
  /** 1 when only the likeliest candidate is mixed in. */
  hard: 8,
  /** [strength, target, floor] of each metric; the noise that a search adds to its parameters follows. */
  penalties: 9,
} as const;

/** Rows of the architecture's buffer, each as long as there are parameters. */
export const architectureRows = { parameters: 0, gradients: 1, first: 2, second: 3, count: 4 } as const;

/** Positions among the metrics: loss and quality, then the penalty, the costs, the search's readings, and the gradient. */
const PENALTY = 2;
export const COSTS = 3;

/** Buffers by number. */
export interface ArchitectureBuffers {
  readonly architecture: number;
  /** The factors that the network's kernels multiply by, and the shares from which the factors' gradients are summed. */
  readonly factors: number;
  readonly shares: number;
  /** The search's constants. */
  readonly table: number;
  readonly numbers: number;
  readonly controls: number;
  readonly metrics: number;
  /** Intermediate results of the forward pass that the backward pass reads. */
  readonly scratch: number;
}

type Uses = Readonly<Record<keyof ArchitectureBuffers, BufferUse>>;

export const forwardBuffers = {
  architecture: 'read f32',
  factors: 'write f32',
  shares: 'read f32',
  table: 'read i32',
  numbers: 'read f32',
  controls: 'read f32',
  metrics: 'write f32',
  scratch: 'write f32',
} as const satisfies Uses;

export const backwardBuffers = {
  ...forwardBuffers,
  architecture: 'write f32',
  factors: 'read f32',
  metrics: 'write f32',
} as const satisfies Uses;

/** WGSL declarations for the forward pass: the penalty on a metric's cost. */
export const penaltyOn = `
var<workgroup> penalties: array<f32, ${GROUP}>;
${penaltyFunction(control.penalties)}`;

/** WGSL for the end of the forward pass: adds every thread's \`penalty\` to the metrics, always in the same order. */
export const reportPenalty = `
  penalties[lane] = penalty;
  workgroupBarrier();
  if (lane > 0) { return; }
  for (var other = 1; other < ${GROUP}; other++) { penalty += penalties[other]; }
  metrics[${PENALTY}] = penalty;`;

/** WGSL declarations for the backward pass: the penalty's slope at a metric's cost, and a parameter's move along its gradient. */
export const slopeAndMove = (optimizer: 'adam' | 'sgd') => `
${optimizer === 'adam' ? adamConstants : ''}
${penaltySlopeFunction(control.penalties)}
fn slopeOf(metric: i32) -> f32 { return penaltySlope(metric, metrics[${COSTS} + metric]); }
/** A gradient as it is reported: 0 while the parameters stay. */
fn reported(gradient: f32) -> f32 { return select(0, gradient, controls[${control.moves}] != 0); }
fn moveAlong(k: i32, gradient: f32) {
  architecture[${architectureRows.gradients} * fields.parameters + k] = gradient;
  if (controls[${control.moves}] == 0) { return; }
  ${moves[optimizer]}
  var moved = architecture[k] - step;
  let bound = controls[${control.bound}];
  // NaN fails both comparisons and stays, so that the error shows.
  if (bound > 0 && abs(moved) > bound) { moved = sign(moved) * bound; }
  architecture[k] = moved;
}`;

const moves = {
  sgd: `let step = controls[${control.architecture}] * gradient;`,
  adam: `let first = ${architectureRows.first} * fields.parameters + k;
  let second = ${architectureRows.second} * fields.parameters + k;
  architecture[first] = beta1 * architecture[first] + (1 - beta1) * gradient;
  architecture[second] = beta2 * architecture[second] + (1 - beta2) * gradient * gradient;
  let step = controls[${control.architecture}] * architecture[first] / (sqrt(architecture[second] * controls[${control.architecture + 1}]) + epsilon);`,
} as const;
