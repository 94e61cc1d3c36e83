/** The surroundings of a fused step. */
import { costTable } from '../../src/core/cost/costTable';
import { gap8 } from '../../src/core/cost/devices/gap8';
import { metricFor } from '../../src/core/cost/metrics';
import type { Network } from '../../src/core/network/network';
import { createParameters, disposeParameters, initialWeights, type Parameters } from '../../src/core/network/parameters';
import { planNetwork } from '../../src/core/network/plan';
import { createRandom } from '../../src/core/random';
import { plainSoftmax, SuperNet } from '../../src/core/search/architectures/supernet';
import type { StepOptions, TrainingStep } from '../../src/core/search/training/trainingStep';
import { normals } from './numbers';
import { numbersIn } from '../../src/core/ops/shape';

/** A supernet that is ready to train, with everything that training needs. */
export class StepSetup {
  readonly #plan;
  readonly parameters: Parameters;
  readonly supernet: SuperNet;
  readonly controls = { weightRate: 1e-2, archRate: 1e-2, penalties: [{ strength: 1e-5, target: 100 }] };

  constructor(
    readonly network: Network,
    readonly batchSize: number,
    readonly lossId = 'softmaxCrossEntropy',
  ) {
    this.#plan = planNetwork(network);
    this.parameters = createParameters(this.#plan, initialWeights(this.#plan, createRandom(2, 'webgpu')));
    const random = createRandom(2, 'gumbel');
    this.supernet = new SuperNet(this.#plan, costTable(this.#plan, [metricFor('params', gap8)]), { ...plainSoftmax, random });
  }

  get options(): StepOptions {
    const { parameters, supernet, batchSize, lossId } = this;
    return {
      plan: this.#plan,
      parameters,
      architecture: supernet,
      loss: lossId,
      batchSize,
      optimizer: 'adam',
      archOptimizer: 'adam',
      weightDecay: 0,
      sets: [],
      randomSeed: () => 0,
    };
  }

  batch(seed: number) {
    const size = numbersIn(this.network.input) * this.batchSize;
    return { x: normals(size, seed), labels: Int32Array.from({ length: this.batchSize }, (_, n) => (n + seed) % 5) };
  }

  /** Task loss of a step. */
  async loss(step: TrainingStep, seed: number, controls = this.controls): Promise<number> {
    const { metrics } = step.run(this.batch(seed), controls);
    const [loss] = await metrics.data();
    metrics.dispose();
    return loss as number;
  }

  dispose(): void {
    this.supernet.dispose();
    disposeParameters(this.parameters);
  }
}
