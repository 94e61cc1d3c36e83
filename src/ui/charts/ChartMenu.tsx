import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { asWorkbenchError } from '../../core/errors';
import { inEnglish, say } from '../../core/language/say';
import type { Told } from '../../core/language/told';
import { ErrorText } from '../ErrorText';
import type { TableOfChart } from './tableOfChart';

interface ChartMenuProps {
  readonly title: string;
  /** The title with its unit, as it stands in a picture. */
  readonly name: string;
  readonly figure: RefObject<HTMLElement | null>;
  /** Whether the chart is drawn now, so that there is a picture to save. */
  readonly drawn: boolean;
  /** Null while there are no numbers. */
  readonly numbers: (() => TableOfChart) | null;
  readonly children?: ReactNode;
}

/** A small menu of one chart: zoom, and save as a picture or as numbers. */
export function ChartMenu({ title, name, figure, drawn, numbers, children }: ChartMenuProps) {
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<Told | null>(null);
  const menu = useRef<HTMLDetailsElement>(null);
  // Not every browser gives a button the focus when it is clicked, so a lost focus alone would not close it.
  useEffect(() => {
    if (!open) return;
    const close = ({ target }: PointerEvent) => {
      if (!menu.current?.contains(target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, [open]);
  const save = async (as: 'png' | 'svg' | 'csv') => {
    setError(null);
    try {
      const { savePicture, saveNumbers } = await import('./saveChart');
      if (as === 'csv') saveNumbers(title, inEnglish(numbers as () => TableOfChart));
      else await savePicture(figure.current as HTMLElement, name, title, as);
      setOpen(false);
    } catch (reason) {
      setError(asWorkbenchError(reason).told);
    }
  };
  return (
    <details
      className="chart-menu"
      ref={menu}
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        // A dialog around the chart stays open.
        event.preventDefault();
        setOpen(false);
        event.currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary aria-label={say('Save or zoom {title}', { title })}>⋯</summary>
      {open && (
        <div className="menu" tabIndex={-1} onClick={({ target }) => (target as Element).matches('[data-closes]') && setOpen(false)}>
          {children}
          <button className="link" disabled={!drawn} onClick={() => void save('png')}>
            {say('Save as PNG')}
          </button>
          <button className="link" disabled={!drawn} onClick={() => void save('svg')}>
            {say('Save as SVG')}
          </button>
          <button className="link" disabled={!numbers} onClick={() => void save('csv')}>
            {say('Save numbers as CSV')}
          </button>
          <ErrorText of={error} />
        </div>
      )}
    </details>
  );
}
