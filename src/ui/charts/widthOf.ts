let brush: CanvasRenderingContext2D | null = null;

/** Pixels that a text of a chart takes in one line, in a font of this size. */
export function widthOf(text: string, fontSize: number): number {
  brush ??= document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
  brush.font = `${fontSize}px ${getComputedStyle(document.body).fontFamily}`;
  return brush.measureText(text).width;
}
