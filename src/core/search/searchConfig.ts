/** Everything that defines a search besides its data: plain JSON, so that a run can be repeated from its file. */
import type { DeviceChoice } from '../cost/devices/index';
import type { Schedule } from './learningRate';
import type { Targets } from './constraints';

export interface Epochs {
  readonly warmup: number;
  readonly search: number;
  readonly finetune: number;
}

/** How a task is trained. */
export interface Preset {
  readonly epochs: Epochs;
  readonly batchSize: number;
  /** Learning rate of the weights in warm-up and search, and at the start of fine-tuning. */
  readonly weightRate: number;
  /** Learning rate of the architecture parameters. */
  readonly archRate: number;
  /** Softmax temperature at the search phase's start and end; it falls geometrically in between. */
  readonly temperature: { readonly start: number; readonly end: number };
  readonly weightDecay: number;
  readonly finetuneSchedule: Schedule;
}

export type PresetName = 'quick' | 'paper';

export interface SearchConfig extends Preset {
  readonly task: string;
  readonly method: 'supernet';
  readonly device: DeviceChoice;
  /** Upper limit per metric, in the metric's unit. */
  readonly targets: Targets;
  /** Flip and shift training pictures at random. */
  readonly augment: boolean;
  /** Share of the training pictures kept apart for choosing. */
  readonly validationShare: number;
  readonly randomSeed: number;
  /** Train the seed network too, for as many epochs as the whole search, to compare with. */
  readonly seedNetwork: boolean;
}
