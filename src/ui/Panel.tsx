import { useId, type ReactNode } from 'react';
import { usePointed, type Part } from './pointed';
import './Panel.css';

interface PanelProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly className?: string;
  /** The name by which a tour and lessons point at it. */
  readonly part?: Part;
  readonly children: ReactNode;
}

/** A titled part of the page; assistive technology finds it as a region of that name. */
export function Panel({ title, hint, className, part, children }: PanelProps) {
  const id = useId();
  const { place, isPointed } = usePointed(part);
  return (
    <section ref={place} className={`panel ${className ?? ''} ${isPointed ? 'pointed' : ''}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint && <p className="hint">{hint}</p>}
      {children}
    </section>
  );
}
