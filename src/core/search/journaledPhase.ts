/** One phase of training in the journal: repeated from there when it is over, gone on with when it was under way, and recorded. */
import type { Variable } from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../errors';
import { said, sayLater } from '../language/told';
import type { BatchSource } from '../data/batches';
import type { BestEpoch } from './training/bestEpoch';
import type { Model } from './training/engine';
import type { Score } from './training/evaluate';
import { Snapshot } from './training/snapshot';
import type { StepMemory, TrainingStep } from './training/trainingStep';
import { setValues, type Journal, type PhaseState, type ReadValues, type Traces } from './journal';
import type { Pressure } from './pressure';
import { phaseStart, type PhaseOptions, type PhaseProgress, type PhaseSummary } from './trainPhase';

type Run = Pick<PhaseOptions, 'phase' | 'onLoss' | 'onEpoch'> & { readonly model: Model };

export class JournaledPhase {
  readonly #scores: Score[] = [];
  readonly #losses: number[] = [];
  readonly #randoms: readonly (readonly number[])[];
  /** Null unless the phase is trained. */
  #good: Snapshot | null = null;
  #underWay: PhaseState | null = null;

  /** @param best finds the best epoch, which the phase ends with; null to end with the last */
  constructor(
    private readonly journal: Journal,
    private readonly pressure: Pressure,
    private readonly run: Run,
    private readonly variables: readonly Variable[],
    private readonly batches: BatchSource,
    private readonly best: BestEpoch | null,
  ) {
    this.#randoms = journal.randoms();
  }

  /** The outcome of a phase that is over, with all that it leaves behind but weights; null when it is to be trained. */
  repeat(): PhaseSummary | null {
    const record = this.journal.recorded('training', this.run.phase);
    if (!record) return null;
    const { summary, alphas, traces } = record;
    this.#skip(summary.steps, record);
    setValues(this.#alphas(), alphas);
    this.#restore(traces);
    return summary;
  }

  /** Prepares the phase, which may be under way. */
  prepare(): void {
    const found = this.journal.takeUnderWay(this.run.phase);
    const state = (this.#underWay = found?.goesBack ? this.#atGoodEpoch(found) : found);
    this.#good = new Snapshot(this.variables, state?.good);
    if (!state) return;
    if (state.goesBack) this.#good.restore();
    this.#skip(state.progress.steps, state);
    if (this.best && state.best) this.best.goOn(state.scores, state.best);
    this.#restore(state.traces);
  }

  /**
   * The search can be captured from here on, until the phase ends.
   * @returns where the phase is
   * @throws WorkbenchError `invalid-setting` for a step that cannot be captured, which is disposed
   */
  begin(step: TrainingStep): PhaseProgress {
    const { memory, implementation } = step;
    if (!this.journal.keeps) return phaseStart();
    if (!memory) {
      step.dispose();
      throw new WorkbenchError(
        'invalid-setting',
        sayLater('A checkpoint cannot hold a training step that runs {implementation}.', { implementation: said(implementation) }),
      );
    }
    if (this.#underWay && !this.#underWay.goesBack) memory.restore(this.#underWay.optimizers);
    const progress = this.#underWay?.progress ?? phaseStart();
    this.journal.watch((read) => this.#state(step, memory, progress, read));
    return progress;
  }

  readonly onLoss = (loss: number): void => {
    if (!this.run.onLoss) return;
    if (this.journal.keeps) this.#losses.push(loss);
    this.run.onLoss(loss);
  };

  readonly onEpoch = (validation: Score, epoch: number): boolean => {
    this.#good?.dispose();
    this.#good = new Snapshot(this.variables);
    this.#scores.push(validation);
    return (this.best ? this.best.take(validation, epoch) : this.run.onEpoch?.(validation, epoch)) ?? false;
  };

  /** Records the phase, whose variables have their final values. */
  async end(summary: PhaseSummary): Promise<void> {
    if (!this.journal.keeps) return;
    const alphas = await Promise.all(this.#alphas().map(async (alpha) => (await alpha.data()) as Float32Array));
    this.journal.add({ kind: 'training', name: this.run.phase, summary, alphas, traces: this.#traces(), ...this.#told() });
  }

  /** Sets the variables back to the end of the last good epoch. */
  goBack(): void {
    this.#good?.restore();
  }

  dispose(): void {
    this.journal.watch(null);
    this.#good?.dispose();
  }

  /** The phase as it was at the end of its last good epoch. */
  #atGoodEpoch(state: PhaseState): PhaseState {
    const { epochs } = state.progress;
    const steps = epochs * this.batches.perEpoch;
    return { ...state, progress: { ...state.progress, ...phaseStart(), epochs, steps, pulls: null }, losses: state.losses.slice(0, steps) };
  }

  /** Draws the batches of steps that are done, and tells again what was told of them. */
  #skip(steps: number, { scores, losses }: Pick<PhaseState, 'scores' | 'losses'>): void {
    for (let step = 0; step < steps; step++) this.batches.next();
    for (const loss of losses) this.onLoss(loss);
    this.#scores.push(...scores);
    if (!this.best) scores.forEach((score, epoch) => this.run.onEpoch?.(score, epoch));
  }

  #restore({ architecture, pressure, randoms }: Traces): void {
    if (architecture) this.run.model.architecture?.restore(architecture);
    this.pressure.restore(pressure);
    this.journal.restoreRandoms(randoms);
  }

  #traces(): Traces {
    const architecture = this.run.model.architecture?.state() ?? null;
    return { architecture, pressure: this.pressure.state(), randoms: this.journal.randomsSince(this.#randoms) };
  }

  #told(): Pick<PhaseState, 'scores' | 'losses'> {
    return { scores: [...this.#scores], losses: Float32Array.from(this.#losses) };
  }

  async #state(step: TrainingStep, memory: StepMemory, progress: PhaseProgress, read: ReadValues): Promise<PhaseState> {
    step.settle();
    const all = async (snapshot: Pick<Snapshot, 'values'>) => {
      const values: Float32Array[] = [];
      for (const value of snapshot.values) values.push(await read(value));
      return values;
    };
    const state = {
      name: this.run.phase,
      progress: { ...progress, means: { ...progress.means } },
      good: await all(this.#good as Snapshot),
      best: this.best && (await all(this.best)),
      optimizers: await memory.read(),
      traces: this.#traces(),
      ...this.#told(),
    };
    // What a failed graphics device gives is not what was trained.
    const failure = step.failure();
    if (failure) throw failure;
    return state;
  }

  #alphas(): Variable[] {
    return [...(this.run.model.architecture?.alphas.values() ?? [])];
  }
}
