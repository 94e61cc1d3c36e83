/** Watches the graphics device of whatever trains or runs by tfjs alone; the fused step on WebGPU watches its own. */
import { backend, getBackend } from '@tensorflow/tfjs-core';
import type { WorkbenchError } from '../core/errors';
import { lostDevice } from '../core/lostDevice';
import type { Inference, InferenceFactory } from '../core/search/training/engine';
import type { StepFactory } from '../core/search/training/trainingStep';
import { DeviceWatch, webgpuBackend } from './fused/webgpu/device';

type Watch = Pick<DeviceWatch, 'failure' | 'assertWorking' | 'end'>;

/** A WebGL context gives zeros once it is lost, and reports it to nobody. */
class ContextWatch implements Watch {
  constructor(private readonly gl: Pick<WebGL2RenderingContext, 'isContextLost'>) {}

  get failure(): WorkbenchError | null {
    return this.gl.isContextLost() ? lostDevice('') : null;
  }

  assertWorking(): void {
    if (this.failure) throw this.failure;
  }

  end(): void {}
}

/** For the active backend; null where it has no device that could be lost. */
function watchDevice(): Watch | null {
  switch (getBackend()) {
    case 'webgpu':
      return new DeviceWatch(webgpuBackend().device);
    case 'webgl':
      return new ContextWatch((backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } }).gpgpu.gl);
    default:
      return null;
  }
}

/** A step that fails as soon as its device has, instead of going on with zeros. */
export function watchedStep(create: StepFactory): StepFactory {
  return async (options) => {
    const step = await create(options);
    const watch = watchDevice();
    if (!watch) return step;
    return {
      ...step,
      run(...given) {
        watch.assertWorking();
        return step.run(...given);
      },
      failure: () => watch.failure,
      dispose() {
        watch.end();
        step.dispose();
      },
    };
  };
}

/** The same for what only runs a network. */
export function watchedInference<Made extends Inference>(create: InferenceFactory<Made>): InferenceFactory<Made> {
  return async (model, batchSize) => {
    const inference = await create(model, batchSize);
    const watch = watchDevice();
    if (!watch) return inference;
    return {
      ...inference,
      failure: () => watch.failure,
      dispose() {
        watch.end();
        inference.dispose();
      },
    };
  };
}
