/** Reads run files of every version as the newest version. */
import * as v from 'valibot';
import { bothStarts, unlessChosen } from '../config/settings';
import { ownDeviceSchema } from '../cost/devices/ownDevice';
import type { MetricId } from '../cost/metrics';
import { metricTexts } from '../cost/metricTexts';
import { asWorkbenchError, WorkbenchError } from '../errors';
import { listLater } from '../language/lists';
import { fromString, inOneLine, inString, sayLater, type Told } from '../language/told';
import { parseNetwork, type Network } from '../network/network';
import { eased } from '../search/divergence';
import { comparedAs } from '../search/events';
import type { RunFile } from './runFile';
import { cellStatuses } from './sweep/outcome';

const VERSIONS = [1, 2];

const texts = v.array(v.string());
const metric = v.picklist(Object.keys(metricTexts) as MetricId[]);
const perMetric = v.record(metric, v.number());
const reports = v.array(v.looseObject({ metric, target: v.number(), value: v.number(), met: v.boolean() }));

/** JSON has no infinity and no NaN, so the file has null in their place. */
const value = v.pipe(
  v.nullable(v.number()),
  v.transform((number) => number ?? NaN),
);
const series = v.record(
  v.string(),
  v.pipe(
    v.looseObject({ step: v.array(v.number()), value: v.array(value) }),
    v.check(
      ({ step, value: values }) => step.length === values.length,
      () => inString(sayLater('holds another number of values than of steps')),
    ),
  ),
);

const network = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, Network>(({ dataset, addIssue, NEVER }) => {
    try {
      return parseNetwork(dataset.value);
    } catch (error) {
      addIssue({ message: inString(sayLater('is no network: {why}', { why: asWorkbenchError(error).told })) });
      return NEVER;
    }
  }),
);

const data = v.looseObject({
  name: v.string(),
  synthetic: v.boolean(),
  classNames: texts,
  trainCount: v.number(),
  testCount: v.number(),
});

const perPhase = <Value>(schema: v.GenericSchema<Value>) => v.looseObject({ warmup: schema, search: schema, finetune: schema });
const perKind = <Value extends string>(schema: v.GenericSchema<Value>) => v.looseObject({ candidates: schema, channels: schema });
const bilevel = v.picklist(['off', 'epochs', 'steps']);
const optimizer = v.picklist(['sgd', 'momentum', 'adam']);
const excess = v.picklist(['above', 'absolute', 'proportionate']);
const start = v.picklist(['even', 'largest', 'balanced']);

const config = {
  task: v.string(),
  method: v.string(),
  device: v.union([v.string(), ownDeviceSchema]),
  targets: perMetric,
  objective: v.nullable(v.looseObject({ metrics: v.array(metric), strength: v.number() })),
  augment: v.boolean(),
  randomSeed: v.number(),
  seedNetwork: v.boolean(),
  epochs: perPhase(v.number()),
  batchSize: v.number(),
  validationShare: v.number(),
  weightRate: v.number(),
  archRate: v.number(),
  weightDecay: v.number(),
  warmup: v.looseObject({ optimizer, rate: v.nullable(v.number()) }),
  schedules: perPhase(v.union([v.picklist(['constant', 'cosine', 'exponential', 'steps']), v.array(v.tuple([v.number(), v.number()]))])),
  earlyStop: v.looseObject({ patience: v.number(), searchFrom: v.number(), finetune: v.optional(v.nullable(v.number()), null) }),
  bilevel: perKind(bilevel),
  sampling: v.looseObject({ noise: v.picklist(['none', 'gumbel']), hard: v.boolean() }),
  temperature: v.looseObject({ start: v.number(), end: v.number() }),
  icv: v.number(),
  excess: perKind(excess),
  // Files from before these choices existed say nothing of them; their searches had Adam and tried no network out.
  optimizer: v.optional(optimizer, 'adam'),
  start: v.optional(v.pipe(v.union([perKind(start), start]), v.transform(bothStarts)), 'even'),
  shortlist: v.optional(v.number(), 1),
  space: v.optional(v.picklist(['any', 'candidates', 'channels']), 'any'),
  budget: v.optional(v.nullable(v.number()), null),
  networks: v.optional(v.nullable(v.number()), unlessChosen.networks),
  largestBy: v.optional(v.picklist(['params', 'macs']), unlessChosen.largestBy),
  score: v.optional(v.picklist(['params', 'macs', 'balance', 'nn-mass', 'synflow', 'naswot']), 'params'),
  data,
};

const measured = {
  seedNetwork: v.exactOptional(v.number()),
  supernet: v.exactOptional(v.number()),
  masked: v.exactOptional(v.number()),
  derived: v.number(),
  final: v.number(),
};

const choice = v.record(v.string(), v.string());
const channels = v.array(v.looseObject({ layer: v.string(), kept: v.number(), total: v.number() }));
const compared = v.looseObject({ as: v.picklist(comparedAs), choice, channels, costs: perMetric, quality: v.number() });

const result = {
  choice,
  channels,
  network,
  constraints: reports,
  objectives: reports,
  costs: v.looseObject({ seedNetwork: perMetric, final: perMetric }),
  timing: v.looseObject({ stepMs: v.record(v.string(), v.number()), totalMs: v.number() }),
};

const environment = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]));

const weights = v.looseObject({
  file: v.string(),
  parameters: v.array(v.looseObject({ name: v.string(), shape: v.array(v.number()), offset: v.number() })),
});

const cell = v.looseObject({
  key: v.string(),
  status: v.picklist(cellStatuses),
  reason: v.nullable(v.string()),
  totalMs: v.number(),
  seedEpochMacs: v.exactOptional(v.number()),
  trained: v.exactOptional(v.looseObject({ quality: v.number(), stepMs: v.number() })),
});

const version2: v.GenericSchema<unknown, RunFile> = v.looseObject({
  version: v.literal(2),
  config: v.looseObject(config),
  environment,
  series,
  warnings: texts,
  stopped: v.boolean(),
  dataFingerprint: v.nullable(v.string()),
  cell: v.exactOptional(cell),
  easings: v.exactOptional(v.array(v.looseObject({ setting: v.picklist(eased), was: v.number(), now: v.number(), step: v.number() }))),
  result: v.nullable(
    v.looseObject({
      ...result,
      quality: v.looseObject({ id: v.string(), ...measured }),
      trainedMacs: v.nullable(v.number()),
      comparison: v.exactOptional(v.array(compared)),
      weights: v.exactOptional(weights),
    }),
  ),
});

/** Early files of version 1 name kinds of spaces after strategies. */
const perKind1 = <Value extends string>(schema: v.GenericSchema<Value>) =>
  v.union([
    perKind(schema),
    v.pipe(
      v.looseObject({ supernet: schema, pit: schema }),
      v.transform(({ supernet: candidates, pit: channels }) => ({ candidates, channels })),
    ),
  ]);

/** Early files of version 1 lack some lists, which are read as empty. */
const version1: v.GenericSchema<unknown, RunFile> = v.pipe(
  v.looseObject({
    environment,
    config: v.looseObject({ ...config, bilevel: perKind1(bilevel), excess: perKind1(excess) }),
    series,
    warnings: v.optional(texts, []),
    stopped: v.optional(v.boolean(), false),
    result: v.nullable(
      v.pipe(
        v.looseObject({
          ...result,
          channels: v.optional(result.channels, []),
          objectives: v.optional(reports, []),
          accuracy: v.looseObject(measured),
        }),
        v.transform(({ accuracy, ...rest }) => ({ ...rest, quality: { id: 'accuracy', ...accuracy }, trainedMacs: null })),
      ),
    ),
  }),
  v.transform((file) => ({ ...file, version: 2 as const, series: renamed(file.series), dataFingerprint: null })),
);

/**
 * @param file the file's text, or its parsed JSON
 * @returns the run in version 2; facts that version 1 did not record are null
 * @throws WorkbenchError `invalid-data` if this is not a run file, or has an unknown version
 */
export function readRunFile(file: unknown): RunFile {
  const json = typeof file === 'string' ? parse(file) : file;
  const versioned = v.safeParse(v.looseObject({ version: v.number() }), json);
  if (!versioned.success) throw broken(sayLater('it has no version number'));
  const { version } = versioned.output;
  if (!VERSIONS.includes(version))
    throw new WorkbenchError(
      'invalid-data',
      sayLater(
        'This run file is of version {version}, and this workbench reads versions {read}. Read it with the workbench that wrote it.',
        {
          version,
          read: listLater(VERSIONS.map(String)),
        },
      ),
    );
  const read = v.safeParse(version === 1 ? version1 : version2, json, { abortEarly: true });
  if (!read.success) throw broken(problemOf(read.issues[0]));
  return read.output;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken(sayLater('it is not whole JSON'));
  }
}

function broken(why: Told): WorkbenchError {
  return new WorkbenchError(
    'invalid-data',
    sayLater('This run file cannot be read, since {why}. Choose a file that the workbench saved.', { why: inOneLine(why) }),
  );
}

function problemOf(issue: v.BaseIssue<unknown>): Told {
  const { expected, message } = issue;
  const part = v.getDotPath(issue) ?? sayLater('the file');
  return expected === null
    ? sayLater('"{part}" {fault}', { part, fault: fromString(message) })
    : sayLater('"{part}" should be {expected}', { part, expected });
}

function renamed<Curve>(curves: Readonly<Record<string, Curve>>): Record<string, Curve> {
  return Object.fromEntries(
    Object.entries(curves).map(([name, curve]) => [name.replace(/^((?:seed\/)?(?:train|validation))Accuracy$/, '$1Quality'), curve]),
  );
}
