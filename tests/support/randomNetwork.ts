/** Random small networks for tests: convolutions, depthwise ones, strides, residual sums, pools and a head. */
import { batchNorm, conv, depthwise, relu } from '../../src/core/network/builders';
import { parseNetwork, type Layer, type Network } from '../../src/core/network/network';
import type { Attributes } from '../../src/core/ops/index';
import type { Random } from '../../src/core/random';

/** A network of four blocks with 2 to 7 channels each; two networks from one generator differ. */
export function randomNetwork(random: Random): Network {
  const pick = <T>(items: readonly T[]) => items[random.integer(items.length)] as T;
  const layers: Layer[] = [];
  const put = (id: string, inputs: string[], attributes: Attributes) => {
    layers.push({ ...attributes, id, inputs });
    return id;
  };
  const normed = (id: string, from: string) => (random.integer(3) > 0 ? norm(id, from) : from);
  const norm = (id: string, from: string) => put(`${id}Bn`, [from], batchNorm);
  const convolution = (id: string, from: string, filters: number, stride = 1) => {
    const size = pick([1, 3]);
    return normed(id, put(id, [from], conv(filters, size, stride, 'same', random.integer(2) === 1)));
  };
  const separate = (id: string, from: string) => {
    const stride = pick([1, 2]);
    return normed(id, put(id, [from], depthwise(3, stride, 'same', random.integer(2) === 1)));
  };
  const rectified = (id: string, from: string) => put(`${id}Relu`, [from], relu);

  let channels = 2 + random.integer(6);
  let at = random.integer(3) === 0 ? separate('first', 'input') : 'input';
  at = rectified('stem', convolution('stem', at, channels));
  for (let block = 0; block < 4; block++) {
    const id = `block${block}`;
    switch (random.integer(4)) {
      case 0: {
        const stride = pick([1, 2]);
        channels = 2 + random.integer(6);
        at = rectified(id, convolution(id, at, channels, stride));
        break;
      }
      case 1:
        at = rectified(id, separate(id, at));
        break;
      case 2: {
        const inner = rectified(`${id}a`, convolution(`${id}a`, at, 2 + random.integer(6)));
        const branch = convolution(`${id}b`, inner, channels);
        at = rectified(id, put(`${id}Join`, random.integer(2) === 0 ? [branch, at] : [at, branch], { op: 'add' }));
        break;
      }
      default:
        // This batch norm cannot be folded into a layer, because the sum also reads the layer before it.
        at = put(`${id}Join`, [norm(id, at), at], { op: 'add' });
    }
  }
  if (random.integer(2) === 0) at = put('pool', [at], { op: 'globalAvgPool' });
  else
    at = put('flat', [put('pool', [at], { op: pick(['avgPool', 'maxPool']), kernel: [2, 2], stride: [2, 2], padding: 'same' })], {
      op: 'flatten',
    });
  if (random.integer(2) === 0) at = rectified('hidden', put('hidden', [at], { op: 'dense', units: 5, bias: true }));
  put('logits', [at], { op: 'dense', units: 3, bias: true });
  return parseNetwork({ input: [6, 5, 3], layers });
}
