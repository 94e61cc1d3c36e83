/** Random small networks for tests: convolutions, depthwise ones, strides, residual sums, pools and a head. */
import { parseNetwork, type Network } from '../../src/core/network/network';
import type { Random } from '../../src/core/random';

/** A network of four blocks with 2 to 7 channels each; two networks from one generator differ. */
export function randomNetwork(random: Random): Network {
  const pick = <T>(items: readonly T[]) => items[random.integer(items.length)] as T;
  const layers: { id: string; op: string; inputs: string[] }[] = [];
  const put = (id: string, op: string, inputs: string[], rest: object = {}) => {
    layers.push({ id, op, inputs, ...rest });
    return id;
  };
  const normed = (id: string, from: string) => (random.integer(3) > 0 ? norm(id, from) : from);
  const norm = (id: string, from: string) => put(`${id}Bn`, 'batchNorm', [from], { momentum: 0.9, epsilon: 1e-5 });
  const convolution = (id: string, from: string, filters: number, stride = 1) => {
    const size = pick([1, 3]);
    const window = { kernel: [size, size], stride: [stride, stride], padding: 'same', bias: random.integer(2) === 1 };
    return normed(id, put(id, 'conv2d', [from], { filters, ...window }));
  };
  const depthwise = (id: string, from: string) => {
    const stride = pick([1, 2]);
    const window = { kernel: [3, 3], stride: [stride, stride], padding: 'same', bias: random.integer(2) === 1 };
    return normed(id, put(id, 'depthwiseConv2d', [from], window));
  };
  const relu = (id: string, from: string) => put(`${id}Relu`, 'relu', [from]);

  let channels = 2 + random.integer(6);
  let at = random.integer(3) === 0 ? depthwise('first', 'input') : 'input';
  at = relu('stem', convolution('stem', at, channels));
  for (let block = 0; block < 4; block++) {
    const id = `block${block}`;
    switch (random.integer(4)) {
      case 0: {
        const stride = pick([1, 2]);
        channels = 2 + random.integer(6);
        at = relu(id, convolution(id, at, channels, stride));
        break;
      }
      case 1:
        at = relu(id, depthwise(id, at));
        break;
      case 2: {
        const inner = relu(`${id}a`, convolution(`${id}a`, at, 2 + random.integer(6)));
        const branch = convolution(`${id}b`, inner, channels);
        at = relu(id, put(`${id}Join`, 'add', random.integer(2) === 0 ? [branch, at] : [at, branch]));
        break;
      }
      default:
        // This batch norm cannot be folded into a layer, because the sum also reads the layer before it.
        at = put(`${id}Join`, 'add', [norm(id, at), at]);
    }
  }
  if (random.integer(2) === 0) at = put('pool', 'globalAvgPool', [at]);
  else at = put('flat', 'flatten', [put('pool', pick(['avgPool', 'maxPool']), [at], { kernel: [2, 2], stride: [2, 2], padding: 'same' })]);
  if (random.integer(2) === 0) at = relu('hidden', put('hidden', 'dense', [at], { units: 5, bias: true }));
  put('logits', 'dense', [at], { units: 3, bias: true });
  return parseNetwork({ input: [6, 5, 3], layers });
}
