/** All curves of a run, fed by its events. */
import type { MetricId } from '../core/cost/metrics';
import type { ChannelGroup } from '../core/network/channels';
import { comparesOnly, type Phase, type PhasePlan, type SearchEvent } from '../core/search/events';
import type { Easing } from '../core/search/divergence';
import { phaseNames } from '../core/search/phaseNames';
import type { Targets } from '../core/cost/metrics';
import { Curve } from './curve';
import { Settling } from './settling';

/** A moment that charts mark with a line. */
export interface Mark {
  readonly step: number;
  /** What `say` knows, or has said. */
  readonly label: string;
}

/** A target that a person moved to another value, in the metric's unit; null where it was taken away. */
export interface TargetMove {
  /** Steps done before it. */
  readonly step: number;
  readonly metric: MetricId;
  readonly target: number | null;
  /** When, in milliseconds since 1970; null where the run does not tell, such as one from a run file. */
  readonly at: number | null;
}

/** Share of the newest step in the running means of training loss and quality, which jump from batch to batch. */
const NEWEST = 0.1;

export class Curves {
  readonly training = { loss: new Curve(['training']), quality: new Curve(['training']) };
  readonly validation = { loss: new Curve(['validation']), quality: new Curve(['validation']) };
  /** The same of the found network, while it is trained further. */
  readonly derived = { loss: new Curve(['validation']), quality: new Curve(['validation']) };
  /** Expected cost and target by metric, in the metric's unit. */
  readonly costs: ReadonlyMap<MetricId, Curve>;
  /** The strength in force by metric, in task loss per unit of the metric. */
  readonly strengths: ReadonlyMap<MetricId, Curve>;
  readonly penalty = new Curve(['penalty']);
  /** Candidates' weights by mixed operation. */
  readonly weights: ReadonlyMap<string, Curve>;
  /** Channels kept, and counted in the expected cost, by group; groups come when their search begins, if not before. */
  readonly channels = new Map<string, Curve>();
  /** How the architecture was pulled at, and where each phase left it. */
  readonly settling = new Settling();
  /** Starts of phases, ways back with gentler settings, and every move of a target; replaced, never changed in place. */
  phaseMarks: readonly Mark[] = [];
  easings: readonly { readonly step: number; readonly easing: Easing }[] = [];
  targetMoves: readonly TargetMove[] = [];
  #columns: readonly string[] = [];
  #plans: readonly PhasePlan[] = [];
  #lastStep = 0;
  /** The phase under way, and the steps before it. */
  #begun: { readonly phase: Phase; readonly after: number } | null = null;
  #means: { loss: number; quality: number | null } | null = null;
  #counted = '';
  #targets: Targets = {};

  /** @param mixedOps candidates' names by mixed operation */
  constructor(metrics: readonly MetricId[], mixedOps: ReadonlyMap<string, readonly string[]>, groups: readonly ChannelGroup[] = []) {
    this.costs = new Map(metrics.map((metric) => [metric, new Curve(['expected', 'target'])]));
    this.strengths = new Map(metrics.map((metric) => [metric, new Curve(['strength'])]));
    this.weights = new Map([...mixedOps].map(([id, candidates]) => [id, new Curve(candidates)]));
    this.#addGroups(groups);
  }

  /** Adds a batch of events and notifies the subscribers of every curve that grew. Training that only compares has no curves. */
  addAll(events: readonly SearchEvent[]): void {
    const touched = new Set<Curve>();
    for (const event of events) this.#add(event, touched);
    for (const curve of touched) curve.changed();
  }

  #add(event: SearchEvent, touched: Set<Curve>): void {
    const append = (curve: Curve, step: number, values: readonly number[]) => {
      curve.append(step, values);
      touched.add(curve);
    };
    if (event.kind === 'started') {
      this.#plans = event.phases;
      this.#counted = event.validation;
    } else if (event.kind === 'planned') {
      this.#plans = this.#plans.map((plan) => event.phases.find(({ phase }) => phase === plan.phase) ?? plan);
      this.#planEnds();
    } else if (event.kind === 'phase' && !comparesOnly(event.phase)) {
      this.#columns = event.metricNames;
      this.#means = null;
      this.#begun = { phase: event.phase, after: this.#lastStep };
      this.#planEnds();
    } else if (event.kind === 'metrics' && !comparesOnly(event.phase)) {
      if (event.step === event.rows || this.#means === null)
        this.phaseMarks = [...this.phaseMarks, { step: event.step - event.rows + 1, label: phaseNames[event.phase] }];
      for (let row = 0; row < event.rows; row++) this.#addRow(event, row, append);
    } else if (event.kind === 'epoch' && !comparesOnly(event.phase)) {
      const { loss, quality } = event.phase === 'finetune' ? this.derived : this.validation;
      append(loss, event.step, [event.validationLoss]);
      append(quality, event.step, [event.validationQuality]);
    } else if (event.kind === 'eased') {
      this.easings = [...this.easings, { step: event.step, easing: event.easing }];
    } else if (event.kind === 'pulls') {
      this.settling.add(event);
    } else if (event.kind === 'masks') {
      this.#addGroups(event.groups);
    } else if (event.kind === 'targets') {
      const { step, targets, at = null } = event;
      if (step > 0)
        this.targetMoves = [...this.targetMoves, ...movesBetween(this.#targets, targets).map((move) => ({ step, at, ...move }))];
      this.#targets = targets;
    }
  }

  #addRow(
    { step, rows, values, phase }: Extract<SearchEvent, { kind: 'metrics' }>,
    row: number,
    append: (curve: Curve, step: number, values: readonly number[]) => void,
  ): void {
    const at = step - rows + row + 1;
    this.#lastStep = at;
    const value = (name: string) => values[row * this.#columns.length + this.#columns.indexOf(name)] as number;
    const loss = value('taskLoss');
    // Not every loss counts the task's quality along.
    const quality = this.#columns.includes(this.#counted) ? value(this.#counted) : null;
    const before = this.#means ?? { loss, quality };
    const smooth = (old: number, fresh: number) => (1 - NEWEST) * old + NEWEST * fresh;
    this.#means = { loss: smooth(before.loss, loss), quality: quality === null ? null : smooth(before.quality ?? quality, quality) };
    append(this.training.loss, at, [this.#means.loss]);
    if (this.#means.quality !== null) append(this.training.quality, at, [this.#means.quality]);
    if (!showsArchitecture(phase)) return;
    if (this.#columns.includes('penalty')) append(this.penalty, at, [value('penalty')]);
    for (const [metric, curve] of this.strengths)
      if (this.#columns.includes(`appliedStrength/${metric}`)) append(curve, at, [value(`appliedStrength/${metric}`)]);
    for (const [metric, curve] of this.costs) append(curve, at, [value(`cost/${metric}`), this.#targets[metric] ?? NaN]);
    const appendAll = (curves: ReadonlyMap<string, Curve>, kind: string) => {
      for (const [id, curve] of curves) {
        const names = curve.columns.map((name) => `${kind}/${id}/${name}`);
        if (!names.every((name) => this.#columns.includes(name))) continue;
        const values = names.map(value);
        append(curve, at, values);
        this.settling.note(phase, id, values);
      }
    };
    appendAll(this.weights, 'weight');
    appendAll(this.channels, 'channels');
  }

  /** Sets each curve's planned end anew when a phase begins, since an earlier phase may have ended before its plan. */
  #planEnds(): void {
    if (!this.#begun) return;
    const { phase, after } = this.#begun;
    const left = this.#plans.slice(this.#plans.findIndex((plan) => plan.phase === phase)).filter((plan) => !comparesOnly(plan.phase));
    const endOf = (plans: readonly PhasePlan[]) =>
      after + plans.reduce((sum, { epochs, stepsPerEpoch }) => sum + epochs * stepsPerEpoch, 0);
    const { training, validation, derived, costs, strengths, penalty, weights, channels } = this;
    for (const { loss, quality } of [training, validation, derived]) loss.plannedEnd = quality.plannedEnd = endOf(left);
    const searching = left.filter((plan) => showsArchitecture(plan.phase));
    const ofSearch = [costs, strengths, weights, channels].flatMap((curves) => [...curves.values()]);
    // What comes after the search does not lengthen its curves.
    for (const curve of [penalty, ...ofSearch]) curve.plannedEnd = searching.length > 0 ? endOf(searching) : (curve.newest?.step ?? 0);
  }

  #addGroups(groups: readonly ChannelGroup[]): void {
    for (const { id } of groups) if (!this.channels.has(id)) this.channels.set(id, new Curve(['kept', 'counted']));
  }
}

/** Whether a phase has costs and architecture parameters to show. */
function showsArchitecture(phase: Phase): boolean {
  return phase === 'warmup' || phase === 'search' || phase === 'masks';
}

/** Targets that differ between two moments. */
function movesBetween(before: Targets, now: Targets): Omit<TargetMove, 'step' | 'at'>[] {
  const metrics = Object.keys({ ...before, ...now }) as MetricId[];
  return metrics.filter((metric) => before[metric] !== now[metric]).map((metric) => ({ metric, target: now[metric] ?? null }));
}

/** Steps of one phase, for shading and zooming. */
export interface Period {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** The phases that marks begin; several of one kind in a row are one. @param end the last step of the last phase */
export function periodsOf(marks: readonly Mark[], end: number): Period[] {
  const starts = marks.filter(({ label }, index) => marks[index - 1]?.label !== label);
  return starts.map(({ label, step }, index) => ({ label, from: step, to: Math.max(step, (starts[index + 1]?.step ?? end + 1) - 1) }));
}
