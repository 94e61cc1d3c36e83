/** Validates one model again and again while it trains. */
import type { Task } from '../../tasks/task';
import type { Engine, FollowingInference, Model } from './engine';
import { scoreWith, type EvaluationData, type Score } from './evaluate';

/** What runs the model is made once, because starting its threads takes longer than many a validation. */
export class Validation {
  #inference: FollowingInference | null = null;

  constructor(
    private readonly model: Model,
    private readonly data: EvaluationData,
    private readonly task: Pick<Task, 'loss' | 'validation'>,
    private readonly engine: Pick<Engine, 'createInference' | 'lossOf'> & { readonly host: { pause(): Promise<void> } },
  ) {}

  /**
   * Loss and quality with the model's values of now.
   * @throws WorkbenchError as `evaluate` does
   */
  async score(): Promise<Score> {
    const { model, data, task, engine } = this;
    const known = this.#inference;
    const inference = known ?? (await engine.createInference(model, data.batchSize));
    this.#inference = inference;
    if (known)
      await known.refresh().catch((error: unknown) => {
        throw known.failure() ?? error;
      });
    return scoreWith(inference, data, { loss: task.loss, quality: task.validation }, engine.lossOf, () => engine.host.pause());
  }

  dispose(): void {
    this.#inference?.dispose();
    this.#inference = null;
  }
}
