/** Estimates how far a run has come and how long it will take, from its events alone. */
import { capital } from '../words';
import { say } from '../language/say';
import { phaseNames } from '../search/phaseNames';
import type { Phase, PhasePlan, SearchEvent } from '../search/events';

export interface Progress {
  readonly phase: Phase;
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** From 1, within the epoch. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Share of the whole run's work that is done, by estimated time. */
  readonly share: number;
  /** Estimated time left in milliseconds; null before the first step. */
  readonly leftMs: number | null;
  readonly stepsPerSecond: number | null;
}

/** Weight of the newest step in the running mean of step times. */
const NEWEST = 0.1;

export class ProgressMeter {
  /** Phases of the run, and of what is under way: the run itself, or training on request after it. */
  #whole: readonly PhasePlan[] = [];
  #plans: readonly PhasePlan[] = [];
  readonly #stepMs = new Map<Phase, number>();
  readonly #done = new Map<Phase, number>();
  #current: { phase: Phase; epoch: number; step: number } | null = null;

  /** Records an event. Steps may be missing in between, because the latest one says where the run is. */
  add(event: SearchEvent): void {
    if (event.kind === 'started') this.#plans = this.#whole = event.phases;
    else if (event.kind === 'planned') this.#take(event.phases);
    else if (event.kind === 'phase') this.#begin(event.phase);
    else if (event.kind === 'step') {
      const { phase, epoch, stepInEpoch, elapsedMs } = event;
      const before = this.#stepMs.get(phase);
      this.#stepMs.set(phase, before === undefined ? elapsedMs : (1 - NEWEST) * before + NEWEST * elapsedMs);
      this.#done.set(phase, (epoch - 1) * this.#planOf(phase).stepsPerEpoch + stepInEpoch);
      this.#current = { phase, epoch, step: stepInEpoch };
    }
  }

  /** Null before the first step. */
  get progress(): Progress | null {
    if (!this.#current) return null;
    const { phase, epoch, step } = this.#current;
    const { epochs, stepsPerEpoch } = this.#planOf(phase);
    let doneMs = 0;
    let leftMs = 0;
    for (const plan of this.#plans) {
      const stepMs = this.#estimate(plan);
      const done = this.#done.get(plan.phase) ?? 0;
      doneMs += done * stepMs;
      leftMs += Math.max(0, plan.epochs * plan.stepsPerEpoch - done) * stepMs;
    }
    const own = this.#stepMs.get(phase) ?? 0;
    return {
      phase,
      epoch,
      epochs,
      step,
      stepsPerEpoch,
      share: doneMs + leftMs > 0 ? doneMs / (doneMs + leftMs) : 0,
      leftMs,
      stepsPerSecond: own > 0 ? 1000 / own : null,
    };
  }

  /** Estimated time to train a network for comparison; null before there is a step to estimate it from. */
  timeToCompare(epochs: number, macs: number): number | null {
    const last = this.#whole.at(-1);
    if (!last || this.#stepMs.size === 0) return null;
    return epochs * last.stepsPerEpoch * this.#estimate({ ...last, phase: 'comparison', macs });
  }

  /** Phases of the run replace what was planned of them; others come after it. */
  #take(phases: readonly PhasePlan[]): void {
    const planned = ({ phase }: PhasePlan) => phases.find((plan) => plan.phase === phase);
    if (this.#whole.some(planned)) {
      this.#plans = this.#whole = this.#whole.map((plan) => planned(plan) ?? plan);
      return;
    }
    this.#plans = phases;
    for (const { phase } of phases) this.#done.delete(phase);
    const [first] = phases;
    this.#current = first ? { phase: first.phase, epoch: 1, step: 0 } : null;
  }

  /** Once the next phase begins, one before it has no work left: it was cut short, or an earlier sitting trained it. */
  #begin(phase: Phase): void {
    if (!this.#plans.some((plan) => plan.phase === phase)) this.#plans = this.#whole;
    const at = this.#plans.findIndex((plan) => plan.phase === phase);
    for (const plan of this.#plans.slice(0, Math.max(at, 0))) this.#done.set(plan.phase, plan.epochs * plan.stepsPerEpoch);
  }

  #planOf(phase: Phase): PhasePlan {
    return this.#plans.find((plan) => plan.phase === phase) ?? { phase, epochs: 0, stepsPerEpoch: 0, macs: 0 };
  }

  /** A step's time: measured in its phase, or else scaled by work from the measured phase whose work is the most alike. */
  #estimate({ phase, macs }: PhasePlan): number {
    const measured = this.#stepMs.get(phase);
    if (measured !== undefined) return measured;
    const apart = (plan: PhasePlan) => Math.abs(Math.log(plan.macs / macs));
    const known = this.#whole.filter((plan) => this.#stepMs.has(plan.phase) && plan.macs > 0);
    const other = known.toSorted((a, b) => apart(a) - apart(b))[0];
    return other ? ((this.#stepMs.get(other.phase) as number) * macs) / other.macs : 0;
  }
}

/** "Search, epoch 3 of 8, step 120 of 1000" */
export function progressText({ phase, epoch, epochs, step, stepsPerEpoch }: Progress): string {
  const name = capital(say(phaseNames[phase]));
  return say('{phase}, epoch {epoch} of {epochs}, step {step} of {steps}', { phase: name, epoch, epochs, step, steps: stepsPerEpoch });
}

/** "2 min 5 s", "40 s" */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return say('{seconds} s', { seconds });
  if (seconds < 3600) return say('{minutes} min {seconds} s', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  return say('{hours} h {minutes} min', { hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60) });
}
