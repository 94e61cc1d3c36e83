/** Progress of a search: a moving bar on a terminal, or a line per epoch elsewhere. */
import type { WriteStream } from 'node:tty';
import { said } from '../core/language/told';
import type { StartedBackend } from '../backends/backend';
import type { Dataset } from '../core/data/dataset';
import type { SearchEvent } from '../core/search/events';
import { phaseNames } from '../core/search/phaseNames';
import { durationText, progressText, ProgressMeter } from '../core/runs/progress';
import { qualityNames } from '../core/runs/qualityNames';
import { qualityText, type Task } from '../core/tasks/task';
import { grouped } from '../core/words';

/** Most and fewest columns of the bar, which gets what the words leave. */
const [WIDEST_BAR, NARROWEST_BAR] = [24, 6];
/** Columns of a terminal that does not say how many it has. */
const USUAL_COLUMNS = 80;

export class ProgressLine {
  readonly #meter = new ProgressMeter();

  constructor(
    private readonly stream: WriteStream,
    backend: StartedBackend,
    dataset: Dataset,
    private readonly task: Pick<Task, 'quality' | 'validation'>,
  ) {
    const { name, words, synthetic, train, test } = dataset;
    stream.write(
      `${name}${synthetic ? ' (synthetic)' : ''}: ${train.count} training and ${test.count} test ${words.many}; backend ${backend.name}\n`,
    );
    for (const { name: skipped, reason } of backend.passedOver) stream.write(`backend ${skipped} was passed over: ${reason}\n`);
  }

  add(event: SearchEvent): void {
    this.#meter.add(event);
    if (event.kind === 'started') {
      for (const warning of event.warnings) this.#line(`warning: ${said(warning)}`);
      if (event.fitting !== undefined) this.#line(`networks of the space that meet the targets: ${grouped(event.fitting)}`);
    }
    if (event.kind === 'phase') this.#line(`${phaseNames[event.phase]}: training step ${said(event.implementation)}`);
    if (event.kind === 'ranking') {
      if (event.done === 1) this.#line(`ranking up to ${grouped(event.total)} networks`);
      this.#draw(`ranking networks: ${event.done} of up to ${event.total}`, event.done / event.total);
    }
    if (event.kind === 'step') this.#drawProgress();
    if (event.kind === 'epoch') {
      const { phase, epoch, trainLoss, trainQuality, validationQuality } = event;
      const { validation } = this.task;
      const trained = trainQuality === null ? '' : `${validation.word} ${qualityText(validation, trainQuality)}, `;
      const left = this.#meter.progress?.leftMs ?? 0;
      this.#line(
        `${phaseNames[phase]} epoch ${epoch}: loss ${trainLoss.toFixed(3)}, ${trained}validation ${qualityText(validation, validationQuality)}, ${durationText(left)} left`,
      );
    }
    if (event.kind === 'quality') {
      const { quality } = this.task;
      this.#line(`test ${quality.word}, ${qualityNames[event.of]}: ${qualityText(quality, event.quality)}`);
    }
    if (event.kind === 'derived')
      this.#line(
        `found network: ${[...Object.entries(event.choice), ...event.channels.map(({ layer, kept }) => [layer, kept] as const)]
          .map(([id, name]) => `${id} ${name}`)
          .join(', ')}`,
      );
  }

  /** The search is over. */
  end(): void {
    this.#clear();
  }

  #drawProgress(): void {
    const { progress } = this.#meter;
    if (progress) this.#draw(`${progressText(progress)}, ${durationText(progress.leftMs ?? 0)} left`, progress.share);
  }

  #draw(words: string, share: number): void {
    if (!this.stream.isTTY) return;
    this.stream.cursorTo(0);
    this.stream.write(progressBar(share, words, this.stream.columns || USUAL_COLUMNS));
    this.stream.clearLine(1);
  }

  #line(text: string): void {
    this.#clear();
    this.stream.write(`${text}\n`);
  }

  #clear(): void {
    if (!this.stream.isTTY) return;
    this.stream.cursorTo(0);
    this.stream.clearLine(0);
  }
}

/** A bar and words in one line. The last column stays free, since some terminals start a new line after it. */
export function progressBar(share: number, words: string, columns: number): string {
  const width = Math.min(WIDEST_BAR, columns - words.length - '[] '.length - 1);
  if (width < NARROWEST_BAR) return words.slice(0, columns - 1);
  const filled = Math.round(share * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${words}`;
}
