import { useLayoutEffect, useRef } from 'react';
import type { Pixels } from '../../core/data/pictures/pixels';

/** An example as a small picture; CSS sets its size on the page. */
export function ExamplePicture({ of: { width, height, rgba }, label }: { of: Pixels; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
  }, [rgba, width, height]);
  return <canvas ref={canvas} width={width} height={height} role="img" aria-label={label} />;
}
