/** All curves of a run, fed by its events. */
import type { MetricId } from '../core/cost/metrics';
import type { ChannelGroup } from '../core/network/channels';
import { comparesOnly, type Phase, type PhasePlan, type SearchEvent } from '../core/search/events';
import { phaseNames } from '../core/search/phaseNames';
import type { Targets } from '../core/cost/metrics';
import { Curve } from './curve';

/** A moment that charts mark with a line. */
export interface Mark {
  readonly step: number;
  readonly label: string;
}

/** Share of the newest step in the running means of training loss and quality, which jump from batch to batch. */
const NEWEST = 0.1;

export class Curves {
  readonly training = { loss: new Curve(['training']), quality: new Curve(['training']) };
  readonly validation = { loss: new Curve(['validation']), quality: new Curve(['validation']) };
  /** Expected cost and target by metric, in the metric's unit. */
  readonly costs: ReadonlyMap<MetricId, Curve>;
  /** Candidates' weights by mixed operation. */
  readonly weights: ReadonlyMap<string, Curve>;
  /** Channels kept, and counted in the expected cost, by group; groups come when their search begins, if not before. */
  readonly channels = new Map<string, Curve>();
  /** Starts of phases, and moments when a target moved; replaced, never changed in place. */
  phaseMarks: readonly Mark[] = [];
  targetMarks: readonly Mark[] = [];
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
      append(this.validation.loss, event.step, [event.validationLoss]);
      append(this.validation.quality, event.step, [event.validationQuality]);
    } else if (event.kind === 'masks') {
      this.#addGroups(event.groups);
    } else if (event.kind === 'targets') {
      const moved = Object.entries(event.targets).some(([metric, target]) => this.#targets[metric as MetricId] !== target);
      if (moved && event.step > 0) this.targetMarks = [...this.targetMarks, { step: event.step, label: 'target moved' }];
      this.#targets = event.targets;
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
    for (const [metric, curve] of this.costs) append(curve, at, [value(`cost/${metric}`), this.#targets[metric] ?? NaN]);
    const appendAll = (curves: ReadonlyMap<string, Curve>, kind: string) => {
      for (const [id, curve] of curves) {
        const names = curve.columns.map((name) => `${kind}/${id}/${name}`);
        if (names.every((name) => this.#columns.includes(name))) append(curve, at, names.map(value));
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
    const { training, validation, costs, weights, channels } = this;
    for (const curve of [training.loss, training.quality, validation.loss, validation.quality]) curve.plannedEnd = endOf(left);
    const architectureEnd = endOf(left.filter((plan) => showsArchitecture(plan.phase)));
    for (const curve of [...costs.values(), ...weights.values(), ...channels.values()]) curve.plannedEnd = architectureEnd;
  }

  #addGroups(groups: readonly ChannelGroup[]): void {
    for (const { id } of groups) if (!this.channels.has(id)) this.channels.set(id, new Curve(['kept', 'counted']));
  }
}

/** Whether a phase has costs and architecture parameters to show. */
function showsArchitecture(phase: Phase): boolean {
  return phase === 'warmup' || phase === 'search' || phase === 'masks';
}
