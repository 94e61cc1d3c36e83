/** Ways on after a loss that was no number, one for each setting that can be made gentler. */
import { say } from '../../core/language/say';
import { easingText, type Easing } from '../../core/search/divergence';

interface RemedyButtonsProps {
  readonly easings: readonly Easing[];
  /** Where the last good epoch ended; null where the run can only be started again. */
  readonly goodStep: number | null;
  readonly disabled: boolean;
  readonly choose: (easing: Easing) => void;
}

export function RemedyButtons({ easings, goodStep, disabled, choose }: RemedyButtonsProps) {
  return easings.map((easing, index) => (
    <button key={easing.setting} className={index === 0 ? 'primary' : ''} disabled={disabled} onClick={() => choose(easing)}>
      {goodStep !== null
        ? say('Go back to step {step, number} with {easing}', { step: goodStep, easing: easingText(easing) })
        : say('Start again with {easing}', { easing: easingText(easing) })}
    </button>
  ));
}
