import { describe, expect, it } from 'vitest';
import { firstScale, READABLE, wholeScale, zoomed, type View } from './zoom';

const drawing = { width: 1000, height: 100 };
const room = { width: 500, height: 100 };

describe('zoom', () => {
  it('shows a drawing readable at first, and as a whole on demand', () => {
    expect(firstScale(drawing, 2000)).toBe(1);
    expect(firstScale(drawing, 900)).toBe(0.9);
    expect(firstScale(drawing, 300)).toBe(READABLE);
    expect(wholeScale(drawing, 500)).toBe(0.5);
  });

  it('keeps in place what is under the pointer', () => {
    const seen = (view: View, x: number) => (x + view.left) / view.scale;
    let view: View = { scale: 1, left: 200, top: 0 };
    for (const factor of [1.2, 1.5, 0.9, 0.7]) {
      const next = zoomed(view, factor, { x: 300, y: 50 }, drawing, room);
      expect(seen(next, 300)).toBeCloseTo(seen(view, 300), 9);
      view = next;
    }
  });

  it('leaves no empty space beside a drawing that is larger than its place', () => {
    expect(zoomed({ scale: 1, left: 500, top: 0 }, 0.6, { x: 0, y: 0 }, drawing, room).left).toBe(100);
    expect(zoomed({ scale: 1, left: 500, top: 0 }, 0.4, { x: 0, y: 0 }, drawing, room).left).toBe(0);
  });

  it('stops at its ends', () => {
    const far = (factor: number) => zoomed({ scale: 1, left: 0, top: 0 }, factor, { x: 0, y: 0 }, drawing, room).scale;
    expect([far(100), far(0.001)]).toEqual([3, 0.2]);
  });
});
