import { useId, type ReactNode } from 'react';
import './Panel.css';

/** A titled part of the page; assistive technology finds it as a region of that name. */
export function Panel({ title, hint, className, children }: { title: string; hint?: ReactNode; className?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={`panel ${className ?? ''}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint && <p className="hint">{hint}</p>}
      {children}
    </section>
  );
}
