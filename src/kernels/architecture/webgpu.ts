/**
 * The architecture's part of a training step on WebGPU: a few dozen numbers, worked on by one group of threads. Forward: the
 * candidates' weights, the expected costs and the penalty. Backward: the gradient of the architecture parameters, and the
 * optimizer's move.
 */
import { adamConstants } from '../optimizer/webgpu';
import { dispatch, GROUP, kernel, type Dispatch } from '../wgsl';

/** Places among a step's controls, in numbers. Strength and target of each metric follow from `penalties` on. */
export const control = {
  /** [rate, second-moment correction, weight decay] of the weights. */
  weights: 0,
  /** The same of the architecture parameters, without decay. */
  architecture: 3,
  /** 1 when the architecture parameters move. */
  moves: 5,
  temperature: 6,
  penalties: 8,
} as const;

/** Rows of the architecture's buffer, each as long as there are candidates. */
export const architectureRows = { parameters: 0, gradients: 1, first: 2, second: 3, count: 4 } as const;

/** Places among the metrics: loss and accuracy, then the penalty, the costs and the candidates' weights. */
const PENALTY = 2;
const COSTS = 3;

export interface ArchitectureShape {
  readonly mixedOps: number;
  readonly candidates: number;
  readonly metrics: number;
}

/**
 * Contents of the table: first and last (exclusive) candidate of each mixed operation, first and last (exclusive) share of the
 * gradient of each candidate's weight, and per metric 1 where not the sum but the largest of the mixed operations' costs counts.
 */
export function architectureTable(
  mixedOps: readonly (readonly [number, number])[],
  shares: readonly (readonly [number, number])[],
  largest: readonly boolean[],
): Int32Array {
  return Int32Array.from([...[...mixedOps, ...shares].flat(), ...largest.map(Number)]);
}

/** Numbers that the candidates' weights take up, with what share of each metric's gradient reaches each mixed operation. */
export const weightsRoom = ({ mixedOps, candidates, metrics }: ArchitectureShape): number => candidates + metrics * mixedOps;

interface Buffers {
  readonly architecture: number;
  readonly weights: number;
  readonly table: number;
  /** Per metric: cost of what is not searched, then of each candidate. */
  readonly costs: number;
  readonly controls: number;
  readonly metrics: number;
}

export function architectureForward(shape: ArchitectureShape, buffers: Buffers): Dispatch {
  return dispatch(forwardKernel, 1, { ...shape }, buffers);
}

/** @param optimizer how the parameters move */
export function architectureBackward(
  shape: ArchitectureShape,
  optimizer: 'adam' | 'sgd',
  buffers: Buffers & { readonly shares: number },
): Dispatch {
  return dispatch(backwardKernels[optimizer], 1, { ...shape }, buffers);
}

const fields = { mixedOps: 'i32', candidates: 'i32', metrics: 'i32' } as const;

const forwardKernel = kernel({
  key: 'architectureForward',
  fields: { ...fields },
  buffers: {
    architecture: 'read f32',
    weights: 'write f32',
    table: 'read i32',
    costs: 'read f32',
    controls: 'read f32',
    metrics: 'write f32',
  },
  declarations: `var<workgroup> penalties: array<f32, ${GROUP}>;`,
  perGroup: `
  let temperature = controls[${control.temperature}];
  for (var op = lane; op < fields.mixedOps; op += ${GROUP}) {
    let first = table[2 * op];
    let last = table[2 * op + 1];
    var most = architecture[first];
    for (var k = first + 1; k < last; k++) { most = max(most, architecture[k]); }
    var sum = 0.0;
    for (var k = first; k < last; k++) { sum += exp((architecture[k] - most) / temperature); }
    for (var k = first; k < last; k++) {
      let weight = exp((architecture[k] - most) / temperature) / sum;
      weights[k] = weight;
      metrics[${COSTS} + fields.metrics + k] = weight;
    }
  }
  storageBarrier();
  var penalty = 0.0;
  for (var metric = lane; metric < fields.metrics; metric += ${GROUP}) {
    let row = metric * (fields.candidates + 1);
    let largest = table[2 * (fields.mixedOps + fields.candidates) + metric] != 0;
    let reach = fields.candidates + metric * fields.mixedOps;
    var sum = 0.0;
    var most = costs[row];
    for (var op = 0; op < fields.mixedOps; op++) {
      var expected = 0.0;
      for (var k = table[2 * op]; k < table[2 * op + 1]; k++) { expected += weights[k] * costs[row + 1 + k]; }
      sum += expected;
      most = max(most, expected);
      weights[reach + op] = select(1, expected, largest);
    }
    if (largest) {
      // Places of equal cost share the gradient, the fixed part among them.
      var equals = f32(costs[row] == most);
      for (var op = 0; op < fields.mixedOps; op++) { equals += f32(weights[reach + op] == most); }
      for (var op = 0; op < fields.mixedOps; op++) { weights[reach + op] = f32(weights[reach + op] == most) / equals; }
    }
    let cost = select(sum + costs[row], most, largest);
    metrics[${COSTS} + metric] = cost;
    penalty += controls[${control.penalties} + 2 * metric] * max(0, cost - controls[${control.penalties} + 2 * metric + 1]);
  }
  penalties[lane] = penalty;
  workgroupBarrier();
  if (lane > 0) { return; }
  for (var other = 1; other < ${GROUP}; other++) { penalty += penalties[other]; }
  metrics[${PENALTY}] = penalty;`,
});

const move = {
  sgd: `architecture[k] -= controls[${control.architecture}] * gradient;`,
  adam: `let m = beta1 * architecture[${architectureRows.first} * fields.candidates + k] + (1 - beta1) * gradient;
        let v = beta2 * architecture[${architectureRows.second} * fields.candidates + k] + (1 - beta2) * gradient * gradient;
        architecture[${architectureRows.first} * fields.candidates + k] = m;
        architecture[${architectureRows.second} * fields.candidates + k] = v;
        architecture[k] -= controls[${control.architecture}] * m / (sqrt(v * controls[${control.architecture + 1}]) + epsilon);`,
} as const;

const backwardKernel = (optimizer: 'adam' | 'sgd') =>
  kernel({
    key: `architectureBackward ${optimizer}`,
    fields: { ...fields },
    buffers: {
      architecture: 'write f32',
      weights: 'read f32',
      table: 'read i32',
      costs: 'read f32',
      controls: 'read f32',
      metrics: 'read f32',
      shares: 'read f32',
    },
    declarations: optimizer === 'adam' ? adamConstants : '',
    perGroup: `
  for (var op = lane; op < fields.mixedOps; op += ${GROUP}) {
    let first = table[2 * op];
    let last = table[2 * op + 1];
    var mean = 0.0;
    for (var k = first; k < last; k++) {
      var gradient = 0.0;
      for (var at = table[2 * (fields.mixedOps + k)]; at < table[2 * (fields.mixedOps + k) + 1]; at++) { gradient += shares[at]; }
      for (var metric = 0; metric < fields.metrics; metric++) {
        if (metrics[${COSTS} + metric] > controls[${control.penalties} + 2 * metric + 1]) {
          let reach = weights[fields.candidates + metric * fields.mixedOps + op];
          gradient += controls[${control.penalties} + 2 * metric] * reach * costs[metric * (fields.candidates + 1) + 1 + k];
        }
      }
      architecture[${architectureRows.gradients} * fields.candidates + k] = gradient;
      mean += weights[k] * gradient;
    }
    for (var k = first; k < last; k++) {
      let own = architecture[${architectureRows.gradients} * fields.candidates + k];
      let gradient = weights[k] * (own - mean) / controls[${control.temperature}];
      architecture[${architectureRows.gradients} * fields.candidates + k] = gradient;
      if (controls[${control.moves}] > 0) {
        ${move[optimizer]}
      }
    }
  }`,
  });

const backwardKernels = { sgd: backwardKernel('sgd'), adam: backwardKernel('adam') };
