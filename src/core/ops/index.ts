/**
 * Every operation that a layer of a network may name. To add one: write its file beside these, list it here, and add
 * its row to docs/network.md. The mixed operation is not in the list: it holds chains of these (network/plan.ts).
 */
import { add, type Add } from './add';
import { avgPool, type AvgPool } from './avgPool';
import { batchNorm, type BatchNorm } from './batchNorm';
import { conv2d, type Conv2d } from './conv2d';
import { dense, type Dense } from './dense';
import { depthwiseConv2d, type DepthwiseConv2d } from './depthwiseConv2d';
import { dropout, type Dropout } from './dropout';
import { flatten, type Flatten } from './flatten';
import { globalAvgPool, type GlobalAvgPool } from './globalAvgPool';
import { identity, type Identity } from './identity';
import { maxPool, type MaxPool } from './maxPool';
import type { Operation } from './operation';
import { relu, type Relu } from './relu';
import { softmax, type Softmax } from './softmax';

/** The attributes of any one operation, told apart by `op`. */
export type Attributes =
  Add | AvgPool | BatchNorm | Conv2d | Dense | DepthwiseConv2d | Dropout | Flatten | GlobalAvgPool | Identity | MaxPool | Relu | Softmax;

const all = [add, avgPool, batchNorm, conv2d, dense, depthwiseConv2d, dropout, flatten, globalAvgPool, identity, maxPool, relu, softmax];

/** Operations by name. Each is given only attributes that its own schema accepted. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  all.map((operation) => [operation.op, operation as unknown as Operation]),
);
