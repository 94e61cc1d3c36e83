/** The format of a reference trajectory: a training run of the reference library, recorded step by step. */
import * as v from 'valibot';
import { WorkbenchError } from '../core/errors';
import { parseNetwork, type Network } from '../core/network/network';
import type { MetricId } from '../core/cost/metrics';

const numbers = v.array(v.number());
const array = v.object({ shape: numbers, data: numbers });
const schema = v.object({
  method: v.string(),
  network: v.unknown(),
  metrics: v.array(v.string()),
  optimizer: v.picklist(['sgd', 'adam']),
  lr: v.number(),
  archLr: v.number(),
  epochs: v.number(),
  epochOf: numbers,
  constraints: v.array(v.object({ metric: v.string(), target: v.number(), finalStrength: v.number() })),
  init: v.object({ weights: v.record(v.string(), array), arch: v.record(v.string(), numbers) }),
  data: v.object({ x: array, labels: v.array(numbers) }),
  expected: v.array(
    v.object({
      taskLoss: v.number(),
      regularization: v.number(),
      costs: v.record(v.string(), v.number()),
      arch: v.record(v.string(), numbers),
      archGrad: v.record(v.string(), numbers),
    }),
  ),
});

export type GoldenFile = Omit<v.InferOutput<typeof schema>, 'network' | 'metrics' | 'constraints'> & {
  readonly network: Network;
  readonly metrics: readonly MetricId[];
  readonly constraints: readonly { readonly metric: MetricId; readonly target: number; readonly finalStrength: number }[];
};

/** Metrics that the reference library also defines. */
const comparable: readonly string[] = ['params', 'macs', 'gap8Cycles'] satisfies MetricId[];

/** @throws WorkbenchError `invalid-data` when it is not such a file, or asks for something that cannot be replayed */
export function parseGoldenFile(json: unknown): GoldenFile {
  const result = v.safeParse(schema, json);
  if (!result.success) {
    const issue = result.issues[0];
    throw new WorkbenchError('invalid-data', `not a reference trajectory: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  }
  const file = result.output;
  const unknown = [...file.metrics, ...file.constraints.map(({ metric }) => metric)].find((metric) => !comparable.includes(metric));
  if (unknown !== undefined) throw new WorkbenchError('invalid-data', `metric "${unknown}" is not one of ${comparable.join(', ')}`);
  return { ...file, network: parseNetwork(file.network) } as GoldenFile;
}
