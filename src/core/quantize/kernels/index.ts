/** The reference kernels by kind of operation. */
import type { QuantizedOperation } from '../graph';
import { add } from './add';
import { conv2d } from './conv2d';
import { dense } from './dense';
import { depthwiseConv2d } from './depthwiseConv2d';
import type { Kernel } from './kernel';
import { pad } from './pad';
import { pool } from './pool';
import { softmax } from './softmax';

type Kernels = { readonly [Kind in QuantizedOperation['kind']]: Kernel<Extract<QuantizedOperation, { kind: Kind }>> };

const kernels: Kernels = {
  add,
  averagePool: pool as Kernels['averagePool'],
  conv2d,
  dense,
  depthwiseConv2d,
  maxPool: pool as Kernels['maxPool'],
  pad,
  reshape: (_operation, inputs) => (inputs[0] as Int8Array).slice(),
  softmax,
};

export const kernelFor = (kind: QuantizedOperation['kind']) => kernels[kind] as Kernel<QuantizedOperation>;
