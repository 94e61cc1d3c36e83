/** Keeps one run as it goes: when it is written, and what is told of it. The storage says how. */
import { sayLater, type Told } from '../core/language/told';
import { writeCheckpoint, type RunIdentity } from '../core/runs/checkpoint/checkpointFile';
import { RESULTS_VERSION } from '../core/runs/resultsVersion';
import type { Environment, RunRecorder } from '../core/runs/runFile';
import { Story } from '../core/runs/story';
import { easingsAfter } from '../core/search/divergence';
import { comparesOnly, type PhasePlan, type SearchEvent } from '../core/search/events';
import type { SearchState } from '../core/search/journal';
import type { Controls } from '../core/search/pressure';
import { summaryOf, type KeptState } from '../keep/keptRun';
import type { DroppedCheckpoint } from '../keep/room';
import { isFull, type RunStorage } from '../keep/runStorage';
import type { WireError, WireEvent } from '../protocol/protocol';

/** The least time between two writes that nobody asks for. */
const EVERY_MS = 3000;
/** The most of a run's time that capturing it takes. */
const MOST_SHARE = 0.02;
/** Time until the next try after a write has failed. */
const RETRY_MS = 60_000;

/** What a keeper needs of its run. */
export interface KeptSearch {
  readonly id: string;
  readonly started: number;
  readonly identity: RunIdentity;
  readonly environment: Environment;
  readonly recorder: RunRecorder;
  readonly controls: Pick<Controls, 'targets' | 'revision'>;
  /** What was told before, when the run goes on. */
  readonly told: readonly SearchEvent[];
  /** Where the last good epoch in its checkpoint ended; null before there is one. */
  readonly goodStep: number | null;
  readonly capture: () => Promise<SearchState>;
}

export type TellKept = (event: Extract<WireEvent, { kind: 'kept' }>) => void;

export function newRunId(): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `${Date.now().toString(36)}-${[...random].map((number) => number.toString(36)).join('')}`;
}

export class RunKeeper {
  readonly #story: Story;
  #step = 0;
  /** Whether the search has its result. What trains after it is no step of the search, which is what `steps` counts. */
  #found = false;
  /** Where the newest epoch ended, or its phase began. */
  #epochEnd = 0;
  /** The same in what was captured last. */
  #goodStep: number | null;
  #plans: readonly PhasePlan[] = [];
  #writing: Promise<void> | null = null;
  #due: number;
  /** Whether something has happened that is not to be lost. */
  #asked = true;
  #furthered = false;
  /** Whether weights exist that the checkpoint does not hold. */
  #outgrown = false;
  #captured = false;
  #problem: Told | null = null;
  /** Checkpoints that gave way to this run. */
  #dropped: readonly DroppedCheckpoint[] = [];
  #told = '';

  /** @param release lets go of the run */
  constructor(
    private readonly storage: RunStorage,
    private readonly run: KeptSearch,
    private readonly release: () => void,
    private readonly now: () => number,
    private readonly tell: TellKept,
  ) {
    this.#goodStep = run.goodStep;
    this.#story = new Story(run.told);
    for (const event of run.told) this.#note(event);
    this.#due = now();
  }

  add(event: SearchEvent): void {
    this.#story.add(event);
    this.#note(event);
    if (event.kind === 'phase' || event.kind === 'compared') this.#asked = true;
  }

  /** More is trained after the result. @param network whether that replaces the found network */
  further(network: boolean): void {
    this.#furthered = true;
    this.#outgrown ||= network;
  }

  /** Whether it is time to write the run. */
  get isDue(): boolean {
    return !this.#writing && (this.#asked || this.now() >= this.#due);
  }

  /** Writes the run if it is time to. Call it where the search pauses and can be captured. */
  async ifDue(): Promise<void> {
    if (this.isDue) await this.#write('underWay', false);
  }

  /** Writes the run, and waits until it is written. Call it where the search pauses. */
  async atOnce(): Promise<void> {
    await this.#writing;
    await this.#write('underWay', false);
    await this.#writing;
  }

  /** Writes the run as it ended. @param finished whether the search itself has just found its network */
  async end(state: KeptState, finished: boolean, error: WireError | null = null): Promise<void> {
    await this.#writing;
    await this.#write(state, finished, error);
    await this.#writing;
  }

  /** The run has failed. Where a graphics device was lost, it stays as it was written last, like that of a tab that was closed. */
  async fail(error: WireError): Promise<void> {
    if (error.code === 'device-lost' && this.#goodStep !== null && !this.#furthered) await this.#writing;
    else await this.end('failed', false, error);
  }

  /** Lets go of the run, which another page may then go on with. */
  async close(): Promise<void> {
    await this.#writing;
    this.release();
  }

  #note(event: SearchEvent): void {
    if ('step' in event && !this.#found) this.#step = Math.max(this.#step, event.step);
    this.#found ||= event.kind === 'result';
    if (event.kind === 'epoch' || event.kind === 'phase') this.#epochEnd = this.#step;
    if (event.kind === 'started') this.#plans = event.phases;
    else if (event.kind === 'planned')
      this.#plans = this.#plans.map((plan) => event.phases.find(({ phase }) => phase === plan.phase) ?? plan);
  }

  /** Begins a write, which goes on beside the training. A failure is told, and ends nothing. */
  async #write(state: KeptState, finished: boolean, error: WireError | null = null): Promise<void> {
    const began = this.now();
    // What trains after the result is in no journal, and a run that has ended cannot be captured where it stood.
    const captures = !this.#furthered && (state === 'underWay' || finished);
    const { identity, recorder, capture } = this.run;
    const goodStep = captures ? this.#epochEnd : this.#goodStep;
    try {
      const checkpoint = captures
        ? writeCheckpoint({ ...identity, finished, search: await capture(), recorder: recorder.state() }, RESULTS_VERSION)
        : null;
      this.#asked = false;
      const drop = (dropped: DroppedCheckpoint) => (this.#dropped = [...this.#dropped, dropped]);
      this.#writing = this.storage.write({ ...this.#parts(state, error, goodStep), checkpoint }, drop).then(
        () => {
          this.#captured ||= checkpoint !== null;
          this.#goodStep = goodStep;
          this.#finishWrite();
        },
        (reason: unknown) => this.#fail(reason),
      );
      this.#due = this.now() + Math.max(EVERY_MS, (this.now() - began) / MOST_SHARE);
    } catch (reason) {
      this.#fail(reason);
    }
  }

  #finishWrite(): void {
    this.#writing = null;
    const whole = this.#captured && !this.#outgrown;
    const event = {
      kind: 'kept',
      id: this.run.id,
      whole,
      goodStep: whole && !this.#furthered ? this.#goodStep : null,
      problem: this.#problem,
      dropped: this.#dropped,
    } as const;
    const text = JSON.stringify(event);
    if (text !== this.#told) this.tell(event);
    this.#told = text;
  }

  #fail(reason: unknown): void {
    const why = isFull(reason)
      ? sayLater('the room that the browser gives this page is full')
      : reason instanceof Error
        ? reason.message
        : String(reason);
    this.#problem = sayLater(
      'This run is not kept any further, since {why}. It goes on, and can be downloaded at its end. To keep it, delete kept runs under Runs or free room on this machine; it is tried again every minute.',
      { why },
    );
    this.#captured = false;
    this.#due = this.now() + RETRY_MS;
    this.#finishWrite();
    this.#problem = null;
  }

  #parts(state: KeptState, error: WireError | null, goodStep: number | null) {
    const { id, started, identity, environment, recorder, controls } = this.run;
    const { config, data, dataFingerprint, backend } = identity;
    const { result } = recorder;
    const { name, synthetic, trainCount, testCount } = data;
    const lengths = this.#plans.filter(({ phase }) => !comparesOnly(phase)).map(({ epochs, stepsPerEpoch }) => epochs * stepsPerEpoch);
    const summary = {
      id,
      started,
      changed: Date.now(),
      // What is trained after the result cannot unmake it.
      state: result ? 'finished' : state,
      task: config.task,
      method: config.method,
      device: config.device,
      backend,
      randomSeed: config.randomSeed,
      data: { name, synthetic, trainCount, testCount },
      step: this.#step,
      steps: lengths.length > 0 ? lengths.reduce((a, b) => a + b, 0) : null,
      ...summaryOf(result, controls.targets),
      furthered: this.#furthered,
      imported: false,
    } as const;
    const { targets, revision } = controls;
    const record = {
      id,
      config,
      data,
      dataFingerprint,
      environment,
      controls: { targets, revision },
      recorder: recorder.state(),
      told: this.#story.told(),
      result,
      error: error?.message ?? null,
      easings: result ? [] : easingsAfter(error, config),
      goodStep,
    };
    return { summary, record };
  }
}
