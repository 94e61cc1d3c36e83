import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

/** Text on a screen is still read at this scale; a wider drawing scrolls. */
const LEAST_SCALE = 0.6;

interface FittedDrawingProps {
  readonly width: number;
  readonly height: number;
  /** The least scale. */
  readonly least?: number | undefined;
  readonly children: ReactNode;
}

/** A drawing of fixed size, made smaller where it does not fit. */
export function FittedDrawing({ width, height, least = LEAST_SCALE, children }: FittedDrawingProps) {
  const place = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(width);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const scale = Math.max(least, Math.min(1, room / width));
  return (
    <div className="drawing-scroll" tabIndex={0} role="group" aria-label="Graph of the network" ref={place}>
      <div className="drawing-room" style={{ width: scale * width, height: scale * height }}>
        <div className="drawing" style={{ width, height, transform: `scale(${scale})` }}>
          {children}
        </div>
      </div>
    </div>
  );
}
