/** Progress for a person at a terminal: a bar that moves where there is one, else a line per epoch. */
import type { WriteStream } from 'node:tty';
import type { StartedBackend } from '../backends/backend';
import type { Dataset } from '../core/data/dataset';
import type { SearchEvent } from '../core/search/events';
import { phaseNames } from '../core/search/phaseNames';
import { durationText, progressText, ProgressMeter } from '../core/search/progress';

const BAR_WIDTH = 24;

export class ProgressLine {
  readonly #meter = new ProgressMeter();

  constructor(
    private readonly stream: WriteStream,
    backend: StartedBackend,
    dataset: Dataset,
  ) {
    const { name, synthetic, train, test } = dataset;
    stream.write(
      `${name}${synthetic ? ' (synthetic)' : ''}: ${train.count} training and ${test.count} test pictures; backend ${backend.name}\n`,
    );
    for (const { name: skipped, reason } of backend.passedOver) stream.write(`backend ${skipped} was passed over: ${reason}\n`);
  }

  add(event: SearchEvent): void {
    this.#meter.add(event);
    if (event.kind === 'started') for (const warning of event.warnings) this.#line(`warning: ${warning}`);
    if (event.kind === 'phase') this.#line(`${phaseNames[event.phase]}: training step ${event.implementation}`);
    if (event.kind === 'step') this.#draw();
    if (event.kind === 'epoch') {
      const { phase, epoch, trainLoss, trainAccuracy, validationAccuracy } = event;
      const left = this.#meter.progress?.leftMs ?? 0;
      this.#line(
        `${phaseNames[phase]} epoch ${epoch}: loss ${trainLoss.toFixed(3)}, accuracy ${percent(trainAccuracy)}, validation ${percent(validationAccuracy)}, ${durationText(left)} left`,
      );
    }
    if (event.kind === 'accuracy') this.#line(`test accuracy, ${accuracyNames[event.of]}: ${percent(event.accuracy)}`);
    if (event.kind === 'derived')
      this.#line(
        `derived: ${[...Object.entries(event.choice), ...event.channels.map(({ layer, kept }) => [layer, kept] as const)]
          .map(([id, name]) => `${id} ${name}`)
          .join(', ')}`,
      );
  }

  end(): void {
    if (this.stream.isTTY) this.stream.clearLine(0);
  }

  #draw(): void {
    const { progress } = this.#meter;
    if (!this.stream.isTTY || !progress) return;
    const filled = Math.round(progress.share * BAR_WIDTH);
    const bar = '#'.repeat(filled) + '-'.repeat(BAR_WIDTH - filled);
    this.stream.cursorTo(0);
    this.stream.write(`[${bar}] ${progressText(progress)}, ${durationText(progress.leftMs ?? 0)} left`);
    this.stream.clearLine(1);
  }

  #line(text: string): void {
    if (this.stream.isTTY) {
      this.stream.cursorTo(0);
      this.stream.clearLine(0);
    }
    this.stream.write(`${text}\n`);
  }
}

const accuracyNames = {
  seedNetwork: 'seed network',
  supernet: 'supernet with mixtures',
  masked: 'network with masks',
  derived: 'derived network before fine-tuning',
  final: 'final network',
};

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}
