/** One phase of training: epochs of steps, with values read back at intervals and a validation after each epoch. */
import { memory } from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../errors';
import { sayLater } from '../language/told';
import type { BatchSource, Turn } from '../data/batches';
import type { Architecture } from './training/architecture';
import type { Score } from './training/evaluate';
import type { Phase, SearchEvent } from './events';
import { phaseNames } from './phaseNames';
import { PullMeter, type PullSums } from './training/pullMeter';
import { Readout } from './training/readout';
import { AppliedStrengths } from './training/appliedStrengths';
import type { StepControls, TrainingStep } from './training/trainingStep';
import type { Validation } from './training/validation';

/** What the host provides, because core code has no clock and no event loop of its own. */
export interface Host {
  /** Milliseconds since any fixed moment. */
  now(): number;
  /**
   * How often training values are read back, in milliseconds. 0 if a read costs nothing (WASM, CPU). On a GPU a read waits for the
   * queue, so it happens only as often as charts need.
   */
  readonly readIntervalMs: number;
  /** Bytes of the backend's own memory, 0 if unknown. It should not grow from step to step. */
  heapBytes(): number;
  /** Lets the host handle messages and timers that have arrived. */
  pause(): Promise<void>;
}

/** The position in a phase before a step. */
export interface Position {
  /** From 0. */
  readonly epoch: number;
  readonly stepInPhase: number;
  readonly stepsInPhase: number;
  /** Which parameters the step moves. */
  readonly turn: Turn;
}

export interface PhaseOptions {
  readonly phase: Phase;
  readonly epochs: number;
  /** Epochs of the same phase that are already done; such a phase continues rather than begins. */
  readonly epochsBefore?: number;
  readonly step: TrainingStep;
  /** The architecture that the step searches, null when a network is only trained. */
  readonly architecture: Architecture | null;
  readonly batches: BatchSource;
  readonly host: Host;
  /** Where to go on, for a phase that an earlier sitting has begun. */
  readonly progress?: PhaseProgress;
  /** Steps of the run before this phase. */
  readonly stepsBefore: number;
  /** Whether to report values after every step (single stepping) rather than at intervals. */
  eager(): boolean;
  /** The controls of the next step; may apply and report a change that has arrived. */
  controls(position: Position): AsyncGenerator<SearchEvent, StepControls>;
  /** Id of what epochs are compared by; the step's values contain it if the loss counts it. */
  readonly quality: string;
  /** Loss and quality on examples that are not learnt from, asked for when the variables are up to date. */
  readonly validation: Pick<Validation, 'score' | 'dispose'>;
  /** Hears before each pause how many steps' values are not read yet; until they are, what follows from them is not known. */
  onUnread?(steps: number): void;
  /** Receives the loss of every step, in order, once it is read. */
  onLoss?(loss: number): void;
  /** Called after each epoch's validation; true ends the phase. @param epoch from 0 */
  onEpoch?(validation: Score, epoch: number): boolean;
}

/** How far a phase has come. It changes in place, and is whole whenever the phase lets its host pause. */
export interface PhaseProgress {
  steps: number;
  /** Epochs that have been validated too. */
  epochs: number;
  /** Milliseconds of all steps. */
  stepTime: number;
  /** Means of the epoch under way, over the steps that moved weights. */
  readonly means: { loss: number; quality: number };
  /** How the architecture was pulled at since that was told last; replaced, never changed. */
  pulls?: PullSums | null;
}

export const phaseStart = (): PhaseProgress => ({ steps: 0, epochs: 0, stepTime: 0, means: { loss: 0, quality: 0 } });

export interface PhaseSummary {
  /** Mean time of a step, null if there was none. */
  readonly stepMs: number | null;
  readonly steps: number;
  /** Mean training loss of the last epoch over the steps that moved weights, null if there was no epoch. */
  readonly lastLoss: number | null;
}

export async function* trainPhase(options: PhaseOptions): AsyncGenerator<SearchEvent, PhaseSummary> {
  const { phase, epochs, epochsBefore = 0, step, batches, host, stepsBefore, progress = phaseStart() } = options;
  const stepsPerEpoch = batches.perEpoch;
  const readout = new Readout(() => host.now(), host.readIntervalMs);
  const { architecture } = options;
  const columns = step.metricNames.length;
  const width = columns + (architecture?.pulled.length ?? 0);
  const meter = architecture && new PullMeter(architecture, epochs * stepsPerEpoch);
  const pulls = (step: number): SearchEvent | null => {
    if (!meter || !progress.pulls) return null;
    const event = { kind: 'pulls', phase, step, ...meter.means(progress.pulls) } as const;
    progress.pulls = null;
    return event;
  };
  const qualityColumn = step.metricNames.indexOf(options.quality);
  const strengths = new AppliedStrengths(step.metricNames);
  const metricNames = [...step.metricNames, ...strengths.names];
  const { means } = progress;
  let lastLoss: number | null = null;
  // A phase without epochs trains nothing, so nobody is to hear of it.
  if (epochsBefore === 0 && epochs > 0) yield { kind: 'phase', phase, metricNames, implementation: step.implementation };
  try {
    while (progress.epochs < epochs) {
      const epoch = progress.epochs;
      const turns = Array.from({ length: stepsPerEpoch }, (_, index) => batches.turn(index));
      const weightSteps = turns.filter((turn) => turn !== 'architecture').length;
      for (let stepInEpoch = progress.steps - epoch * stepsPerEpoch + 1; stepInEpoch <= stepsPerEpoch; stepInEpoch++) {
        const turn = turns[stepInEpoch - 1] as Turn;
        const controls = yield* options.controls({ epoch, stepInPhase: progress.steps, stepsInPhase: epochs * stepsPerEpoch, turn });
        meter?.begin(controls);
        const started = host.now();
        readout.push(step.run(batches.next(), controls).metrics);
        strengths.push(controls.penalties);
        progress.steps += 1;
        if (options.eager() || readout.due() || stepInEpoch === stepsPerEpoch) {
          // When the device has failed, reading fails or returns zeros.
          const flushed = await readout.flush().catch((error: unknown) => {
            throw step.failure() ?? error;
          });
          const failure = step.failure();
          if (failure) throw failure;
          if (flushed) {
            const { rows } = flushed;
            const values = withoutTails(flushed.values, rows, width, columns);
            const due: SearchEvent[] = [];
            for (let row = 0; row < rows; row++) {
              const loss = values[row * columns] as number;
              const strayed = values.subarray(row * columns, (row + 1) * columns).findIndex((value) => !Number.isFinite(value));
              if (strayed >= 0)
                throw notFinite(step.metricNames[strayed] as string, phase, epochsBefore + epoch, stepInEpoch - rows + row + 1);
              options.onLoss?.(loss);
              if (meter) {
                progress.pulls = meter.take(flushed.values.subarray(row * width, (row + 1) * width), progress.pulls ?? null);
                const told = progress.pulls && meter.due(progress.pulls) ? pulls(stepsBefore + progress.steps - rows + row + 1) : null;
                if (told) due.push(told);
              }
              if (turns[stepInEpoch - rows + row] === 'architecture') continue;
              means.loss += loss / weightSteps;
              if (qualityColumn >= 0) means.quality += (values[row * columns + qualityColumn] as number) / weightSteps;
            }
            yield { kind: 'metrics', phase, step: stepsBefore + progress.steps, rows, values: strengths.appendedTo(values, rows) };
            yield* due;
          }
        }
        const elapsedMs = host.now() - started;
        progress.stepTime += elapsedMs;
        const memoryNow = { tensors: memory().numTensors, heapBytes: host.heapBytes() };
        yield {
          kind: 'step',
          phase,
          epoch: epochsBefore + epoch + 1,
          stepInEpoch,
          step: stepsBefore + progress.steps,
          elapsedMs,
          memory: memoryNow,
        };
        options.onUnread?.(readout.unread);
        await host.pause();
      }
      lastLoss = means.loss;
      step.settle();
      const validation = await options.validation.score().catch((error: unknown) => {
        throw notFiniteAfter(error, phase, epochsBefore + epoch);
      });
      const ended = options.onEpoch?.(validation, epoch) ?? false;
      const { loss, quality } = means;
      Object.assign(means, { loss: 0, quality: 0 });
      progress.epochs += 1;
      yield {
        kind: 'epoch',
        phase,
        epoch: epochsBefore + epoch + 1,
        step: stepsBefore + progress.steps,
        trainLoss: loss,
        trainQuality: qualityColumn < 0 ? null : quality,
        validationLoss: validation.loss,
        validationQuality: validation.quality,
      };
      if (ended) break;
    }
    const last = pulls(stepsBefore + progress.steps);
    if (last) yield last;
  } finally {
    readout.dispose();
    options.onUnread?.(0);
    step.settle();
    step.dispose();
    options.validation.dispose();
  }
  const { steps, stepTime } = progress;
  return { stepMs: steps > 0 ? stepTime / steps : null, steps, lastLoss };
}

/** The rows without what follows their named values. */
function withoutTails(values: Float32Array, rows: number, width: number, columns: number): Float32Array {
  if (width === columns) return values;
  const cut = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) cut.set(values.subarray(row * width, row * width + columns), row * columns);
  return cut;
}

/** Names what was observed; `divergence.ts` adds what is likely to have caused it. */
function notFinite(metric: string, phase: Phase, epoch: number, stepInEpoch: number): WorkbenchError {
  const values = { phase: sayLater(phaseNames[phase]), epoch: String(epoch + 1), step: String(stepInEpoch) };
  return new WorkbenchError(
    'loss-not-finite',
    metric === 'taskLoss'
      ? sayLater('The training loss became infinite or not a number in {phase}, epoch {epoch}, step {step}.', values)
      : sayLater('The value of {metric} became infinite or not a number in {phase}, epoch {epoch}, step {step}.', { ...values, metric }),
    { metric, phase, epoch: epoch + 1, stepInEpoch },
  );
}

/** A validation whose loss is not finite, as a divergence of its phase, which can be gone back from; another error as it is. */
function notFiniteAfter(error: unknown, phase: Phase, epoch: number): unknown {
  if (!(error instanceof WorkbenchError) || error.code !== 'loss-not-finite') return error;
  return new WorkbenchError(
    'loss-not-finite',
    sayLater('The loss or the quality on the validation examples became infinite or not a number in {phase}, epoch {epoch}.', {
      phase: sayLater(phaseNames[phase]),
      epoch: String(epoch + 1),
    }),
    { phase, epoch: epoch + 1 },
  );
}
