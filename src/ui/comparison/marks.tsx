/** The marks of a comparison's points. Shapes differ as well as colours, for people and screens that show few colours. */
import type { Point } from '../../core/runs/comparisonText';
import { word } from '../../core/language/say';

interface Look {
  /** In English. */
  readonly label: string;
  readonly colour: string;
  /** An outline around the origin. */
  readonly shape: string;
  readonly hollow?: boolean;
}

const DIAMOND = 'M0,-7L7,0L0,7L-7,0Z';
const SQUARE = 'M-5,-5H5V5H-5Z';

/** In the order in which they are drawn: the found network on top. */
export const looks: Readonly<Record<Point['of'] | 'least', Look>> = {
  least: { label: word('least network'), colour: 'var(--line-6)', shape: 'M0,6L6,-5H-6Z', hollow: true },
  random: { label: word('random'), colour: 'var(--line-6)', shape: 'M-4.5,0A4.5,4.5,0,1,0,4.5,0A4.5,4.5,0,1,0,-4.5,0Z' },
  seedNetwork: { label: word('seed network'), colour: 'var(--line-3)', shape: 'M0,-6L6,5H-6Z' },
  largestMacs: { label: word('largest by MACs'), colour: 'var(--line-2)', shape: SQUARE, hollow: true },
  largestParams: { label: word('largest by parameters'), colour: 'var(--line-2)', shape: SQUARE },
  found: { label: word('found, from scratch'), colour: 'var(--line-1)', shape: DIAMOND, hollow: true },
  final: { label: word('found, as handed over'), colour: 'var(--line-1)', shape: DIAMOND },
};

export function Mark({ of, x, y }: { of: keyof typeof looks; x: number; y: number }) {
  const { colour, shape, hollow = false } = looks[of];
  return (
    <path
      className="mark"
      transform={`translate(${x},${y})`}
      d={shape}
      fill={hollow ? 'var(--panel)' : colour}
      stroke={colour}
      strokeWidth={2}
    />
  );
}
