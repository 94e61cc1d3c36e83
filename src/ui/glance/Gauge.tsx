import { say } from '../../core/language/say';
interface GaugeProps {
  readonly name: string;
  /** The value with its unit. */
  readonly text: string;
  /** What the value is of, and what it is compared with. */
  readonly note: string;
  readonly value: number;
  /** The right end. */
  readonly most: number;
  /** Where a mark stands; null for none. */
  readonly target: number | null;
  /** Whether the value is where it should be; null where nothing says so. */
  readonly good: boolean | null;
}

/** A number, and a bar that shows where it stands. */
export function Gauge({ name, text, note, value, most, target, good }: GaugeProps) {
  const place = (of: number) => `${(100 * Math.min(1, of / most)).toFixed(1)}%`;
  return (
    <div className={`gauge ${good === null ? '' : good ? 'within' : 'above'}`}>
      <p>
        <span className="gauge-name">{name}</span> <strong>{text}</strong>
        {good !== null && <span className="visually-hidden"> {good ? say('(within the target)') : say('(above the target)')}</span>}
      </p>
      <div className="track" aria-hidden="true">
        <div className="fill" style={{ width: place(value) }} />
        {target !== null && <div className="target-mark" style={{ left: place(target) }} />}
      </div>
      <p className="hint">{note}</p>
    </div>
  );
}
