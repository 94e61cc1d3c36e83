/**
 * Every operation that a layer of a network may name. To add one: write its file beside these, list it here, and add
 * its row to docs/network.md. The mixed operation is not in the list: it holds chains of these (network/plan.ts).
 */
import { add } from './add';
import { avgPool } from './avgPool';
import { batchNorm } from './batchNorm';
import { conv2d } from './conv2d';
import { dense } from './dense';
import { depthwiseConv2d } from './depthwiseConv2d';
import { dropout } from './dropout';
import { flatten } from './flatten';
import { globalAvgPool } from './globalAvgPool';
import { identity } from './identity';
import { maxPool } from './maxPool';
import type { Operation } from './operation';
import { relu } from './relu';
import { softmax } from './softmax';

const all = [add, avgPool, batchNorm, conv2d, dense, depthwiseConv2d, dropout, flatten, globalAvgPool, identity, maxPool, relu, softmax];

type AttributesOf<Listed> = Listed extends Operation<infer Attributes> ? Attributes : never;

/** The attributes of any one operation, told apart by `op`. */
export type Attributes = AttributesOf<(typeof all)[number]>;

/** Operations by name. Each is given only attributes that its own schema accepted. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  all.map((operation) => [operation.op, operation as unknown as Operation]),
);
