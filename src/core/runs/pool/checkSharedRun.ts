/** Checks a run that somebody hands to a class, and computes its costs anew, so that a class sees no invented ones. */
import * as v from 'valibot';
import { deviceOf, devices } from '../../cost/devices/index';
import { constrainable, metricFor, type Costs, type MetricId } from '../../cost/metrics';
import { metricTexts } from '../../cost/metricTexts';
import { asWorkbenchError, WorkbenchError } from '../../errors';
import { parseNetwork } from '../../network/network';
import { planNetwork, type NetworkPlan } from '../../network/plan';
import { costsOf } from '../../search/space';
import { strategies } from '../../strategies/index';
import { taskFor, tasks, type Task } from '../../tasks/index';
import type { PooledRun } from './pooledRun';

/** More than any network of a space costs, in any unit; above it sums are no longer exact. */
const MOST = 1e12;
/** More layers than any found network has. They bound the time that costs take. */
const MOST_LAYERS = 400;

const idOf = (ids: readonly string[]) => v.picklist(ids);
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const cost = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(MOST));
const anyQuality = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(MOST));

const perMetric = Object.fromEntries(Object.keys(metricTexts).map((id) => [id, v.exactOptional(cost)])) as Record<
  MetricId,
  v.ExactOptionalSchema<typeof cost, undefined>
>;

/** Strict: a field that is not on the list, such as a name, refuses the whole. */
const sharedRun = v.strictObject({
  task: idOf(tasks.map(({ id }) => id)),
  method: idOf(strategies.map(({ id }) => id)),
  device: idOf([...devices.keys()]),
  randomSeed: whole(Number.MAX_SAFE_INTEGER),
  trainCount: whole(MOST),
  testCount: whole(MOST),
  targets: v.strictObject(perMetric),
  quality: anyQuality,
  seedQuality: v.nullable(anyQuality),
  network: v.unknown(),
});

/**
 * @param json what somebody sent
 * @throws WorkbenchError `invalid-data` that names the field and the rule
 */
export function checkSharedRun(json: unknown): PooledRun {
  const read = v.safeParse(sharedRun, json, { abortEarly: true });
  if (!read.success) {
    const [issue] = read.issues;
    throw refused(`"${v.getDotPath(issue) ?? 'the run'}" ${issue.expected === null ? 'is out of range' : `should be ${issue.expected}`}`);
  }
  const { network, seedQuality, ...facts } = read.output;
  const task = taskFor(facts.task);
  const { most, classNames } = task.builtIn;
  if (facts.trainCount > most.trainCount || facts.testCount > most.testCount)
    throw refused(`the task has ${most.trainCount} training and ${most.testCount} test examples, and it says that it used more`);
  for (const quality of [facts.quality, seedQuality])
    if (task.quality.better === 'higher' && quality !== null && quality > 1)
      throw refused(`its ${task.quality.word} is above 1, which none can be`);
  const costs = costsOn(facts.device, planOf(network, task));
  if (!Object.values(costs).every((value) => value <= MOST)) throw refused('its network is larger than any that is searched');
  const seed = seedQuality === null ? null : costsOn(facts.device, planNetwork(task.seedNetwork(classNames.length)));
  return { ...facts, costs, seedNetwork: seed && { quality: seedQuality as number, costs: seed } };
}

/** @throws WorkbenchError `invalid-data` for what is no network for the task */
function planOf(json: unknown, task: Task): NetworkPlan {
  const plan = planned(json);
  const asked = task.asks === 'input' ? task.example.shape : [task.builtIn.classNames.length];
  const sized = (shape: readonly number[]) => shape.join(' × ');
  if (sized(plan.network.input) !== sized(task.example.shape))
    throw refused(`its network reads ${sized(plan.network.input)} numbers, and an example of the task has ${sized(task.example.shape)}`);
  if (sized(plan.outputShape) !== sized(asked))
    throw refused(`its network gives ${sized(plan.outputShape)} numbers, and the task asks for ${sized(asked)}`);
  if (plan.layers.some(({ kind }) => kind === 'mixedOp')) throw refused('its network still has candidates to choose from');
  return plan;
}

function planned(json: unknown): NetworkPlan {
  try {
    const network = parseNetwork(json);
    if (network.layers.length > MOST_LAYERS) throw refused(`its network has more than ${MOST_LAYERS} layers`);
    return planNetwork(network);
  } catch (error) {
    const { code, message } = asWorkbenchError(error);
    if (code === 'invalid-data') throw error;
    throw refused(`its network cannot be read: ${message}`);
  }
}

function costsOn(id: string, plan: NetworkPlan): Costs {
  const device = deviceOf(id);
  return costsOf(
    plan,
    constrainable(device).map((metric) => metricFor(metric, device)),
  );
}

function refused(why: string): WorkbenchError {
  return new WorkbenchError(
    'invalid-data',
    `This run is not shown to the class, since ${why}. Share a run that this version has finished.`,
  );
}
