/**
 * Lowers a fused program to a recording for WebGPU, without touching a device. Everything that changes from step to step (the
 * batch, rates, strengths) lies in buffers, so that a recording is made once and replayed.
 */
import { sayLater } from '../../../core/language/told';
import { sidesOf } from '../../../core/data/batches';
import type { ExampleSet } from '../../../core/data/dataset';
import type { Architecture } from '../../../core/search/training/architecture';
import type { OptimizerKind } from '../../../core/config/searchConfig';
import { reportSize, type ArchOptimizer } from '../../../core/search/training/trainingStep';
import { gather } from '../../../kernels/gather/webgpu';
import { adam, momentum, sgd } from '../../../kernels/optimizer/webgpu';
import type { Loss } from '../../../kernels/losses/loss';
import type { Dispatch } from '../../../kernels/wgsl';
import { NotCovered, valueSize, type FusedOperation } from '../program';
import { scheduleOf } from '../schedule';
import { controlsSize, lowerArchitecture } from './architecture';
import { Layout, paddedValueSize, type LayoutOptions } from './layout';
import { loweringOf } from './operations';
import type { Gather, InferenceRecording, Recording } from './recording';

export interface LoweringOptions extends LayoutOptions {
  /** Example sets that stay on the device. */
  readonly sets: readonly ExampleSet[];
  /** The search, null where there is none. */
  readonly architecture: Architecture | null;
  readonly optimizer: OptimizerKind;
  readonly archOptimizer: ArchOptimizer;
  /** The training loss. */
  readonly loss: Loss;
}

/** A whole training step. @throws NotCovered for a loss without a kernel */
export function lowerForWebgpu(options: LoweringOptions): Recording {
  const { program, batchSize, architecture, optimizer, archOptimizer, loss } = options;
  if (!loss.webgpu) throw new NotCovered(sayLater('the loss {id}', { id: loss.id }));
  const layout = new Layout(options, 'batch');
  const { forward, loss: lossSlot, backward, slots } = scheduleOf(program, paddedValueSize);
  const labels = layout.buffer('labels', batchSize);
  const metrics = layout.buffer('metrics', reportSize(loss.counts, architecture));
  const controls = layout.buffer('controls', controlsSize(architecture));
  const searched = architecture && lowerArchitecture(architecture, archOptimizer, { layout, controls, metrics });
  const gradients = slots.map((size) => layout.buffer('gradient', size * batchSize));

  if (searched) layout.run(searched.forward);
  const made = new Map(forward.map((operation) => [operation, runForward(operation, layout)]));
  layout.run(
    loss.webgpu(
      {
        batch: batchSize,
        outputSize: valueSize(layout.shape(program.output)),
        inputChannels: layout.shape(program.input).channels,
      },
      {
        outputs: layout.value(program.output),
        labels,
        inputs: layout.value(program.input),
        gradient: gradients[lossSlot] as number,
        metrics,
      },
    ),
  );
  const toLoss = layout.dispatches.length;
  for (const { operation, gradient, inputs } of backward) {
    const places = inputs.map((place) => place && { index: gradients[place.slot] as number, accumulate: place.accumulate });
    layout.run(...loweringOf(operation).backward(operation, layout, made.get(operation), gradients[gradient] as number, places));
  }
  if (searched) layout.run(searched.backward);
  const beforeUpdate = layout.dispatches.length;
  const update = updateOf(layout, optimizer, controls);
  layout.run(update.dispatch);
  return {
    ...common(layout),
    moments: update.moments,
    gathers: gathers(layout, options.sets),
    labels,
    seed: layout.seed,
    controls,
    metrics,
    gradients: layout.parameterGradients,
    architecture: searched?.architecture ?? null,
    forward: toLoss,
    beforeUpdate,
  };
}

/** The forward pass alone, with the running statistics of batch norms. */
export function lowerInferenceForWebgpu(options: LayoutOptions): InferenceRecording {
  const layout = new Layout(options, 'running');
  for (const operation of scheduleOf(options.program, paddedValueSize).forward) runForward(operation, layout);
  return { ...common(layout), gathers: [], output: layout.value(options.program.output) };
}

function runForward(operation: FusedOperation, layout: Layout): unknown {
  const { dispatches, made } = loweringOf(operation).forward(operation, layout);
  layout.run(...dispatches);
  return made;
}

/** Layout fields that every recording returns. */
function common(layout: Layout) {
  return {
    buffers: layout.buffers,
    dispatches: layout.dispatches,
    input: layout.value(layout.options.program.input),
    parameters: layout.parameters,
    running: layout.running,
    places: layout.places,
    layouts: layout.parameterLayouts,
    weights: layout.weights,
    masks: layout.masks,
  };
}

function gathers(layout: Layout, sets: readonly ExampleSet[]): Gather[] {
  const { batchSize, program } = layout.options;
  const picks = layout.buffer('picks', batchSize * 4);
  return sets.map(({ examples, shape, normalization: { mean, deviation } }) => {
    const [height, width, channels] = sidesOf(shape);
    const pixels = layout.buffer('examples', Math.ceil(examples.values.length / 4));
    const normalization = layout.holding('normalization', Float32Array.from([...mean, ...deviation]));
    const buffers = { pixels, normalization, picks, input: layout.value(program.input) };
    return { dispatch: gather({ batch: batchSize, height, width, channels }, buffers), pixels, picks };
  });
}

function updateOf(layout: Layout, optimizer: OptimizerKind, controls: number): { dispatch: Dispatch; moments: readonly number[] } {
  const count = layout.parameterWords / 4;
  const buffers = {
    parameters: layout.parameters,
    gradients: layout.parameterGradients,
    partials: layout.filterPartials,
    table: layout.holding('gradient parts table', layout.table),
    controls,
  };
  const room = (label: string) => layout.buffer(label, layout.parameterWords);
  switch (optimizer) {
    case 'sgd':
      return { dispatch: sgd(count, buffers), moments: [] };
    case 'momentum': {
      const velocities = room('velocities');
      return { dispatch: momentum(count, { ...buffers, velocities }), moments: [velocities] };
    }
    case 'adam': {
      const [first, second] = [room('first moments'), room('second moments')];
      return { dispatch: adam(count, { ...buffers, first, second }), moments: [first, second] };
    }
    default:
      return optimizer satisfies never;
  }
}
