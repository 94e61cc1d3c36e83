import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../network/network';
import { planNetwork } from '../network/plan';
import { networkCosts } from './costTable';
import { gap8 } from './devices/gap8';
import { metricFor, type MetricId } from './metrics';

const counted = (id: MetricId, input: number[], ...layers: object[]) =>
  networkCosts(planNetwork(parseNetwork({ input, layers })), [metricFor(id, gap8)])[0];

const conv = { id: 'conv', op: 'conv2d', inputs: ['input'], filters: 6, kernel: [3, 5], stride: [2, 2], padding: 'same', bias: true };
const depthwise = { id: 'dw', op: 'depthwiseConv2d', inputs: ['input'], kernel: [3, 3], stride: [1, 1], padding: 'same', bias: true };
const dense = { id: 'fc', op: 'dense', inputs: ['input'], units: 5, bias: true };
const norm = { id: 'bn', op: 'batchNorm', momentum: 0.9, epsilon: 1e-5 };

describe('cost metrics', () => {
  it('count a convolution as spelt out', () => {
    // 10x9 pixels at stride 2 give 5x5; 3x5 weights from 3 to 6 channels, and a bias each.
    expect(counted('params', [10, 9, 3], conv)).toBe(6 * (3 * 15 + 1));
    expect(counted('macs', [10, 9, 3], conv)).toBe(6 * (3 * 15 + 1) * 25);
    expect(counted('flashBytes', [10, 9, 3], conv)).toBe(6 * 3 * 15 + 4 * 6);
    // Blocks: ceil(5/2) x ceil(5/8) of pixels, ceil(6/4) of channels, ceil(45/4) of inputs.
    expect(counted('gap8Cycles', [10, 9, 3], conv)).toBe(3 * 1 * (2 * 45 + 2 * (5 + 14 * 12 + 10)));
    expect(counted('latencyMs', [10, 9, 3], conv)).toBeCloseTo((3 * (90 + 2 * 183)) / 1e5, 12);
  });

  it('count a depthwise convolution as spelt out', () => {
    expect(counted('params', [8, 8, 6], depthwise)).toBe(6 * (9 + 1));
    expect(counted('macs', [8, 8, 6], depthwise)).toBe(6 * 10 * 64);
    expect(counted('flashBytes', [8, 8, 6], depthwise)).toBe(6 * 9 + 4 * 6);
    expect(counted('gap8Cycles', [8, 8, 6], depthwise)).toBe(4 * 2 * 64 * 9);
  });

  it('count a dense layer as spelt out', () => {
    expect(counted('params', [7], dense)).toBe(5 * (7 + 1));
    expect(counted('macs', [7], dense)).toBe(5 * 8);
    expect(counted('flashBytes', [7], dense)).toBe(35 + 20);
    expect(counted('gap8Cycles', [7], dense)).toBe(4 * 2);
  });

  it('add the bias of a folded batch norm to flash and to nothing else', () => {
    const plain = { ...conv, bias: false };
    const folded = [plain, { ...norm, inputs: ['conv'] }];
    for (const metric of ['params', 'macs', 'gap8Cycles', 'latencyMs'] as const)
      expect(counted(metric, [10, 9, 3], ...folded)).toBe(counted(metric, [10, 9, 3], plain));
    expect(counted('flashBytes', [10, 9, 3], plain)).toBe(270);
    expect(counted('flashBytes', [10, 9, 3], ...folded)).toBe(270 + 24);
  });

  it('do not know the flash of a batch norm that folds into nothing, while the reference metrics count it as free', () => {
    const shared = [conv, { ...norm, inputs: ['conv'] }, { id: 'join', op: 'add', inputs: ['conv', 'bn'] }];
    expect(counted('params', [10, 9, 3], ...shared)).toBe(276);
    expect(() => counted('flashBytes', [10, 9, 3], ...shared)).toThrow(/"bn".*cannot be folded/);
  });
});
