import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { UnderWay } from './Measurement';

it('announces that it has begun, but not how far it is', () => {
  const shown = (done: number, leftMs: number) =>
    renderToStaticMarkup(
      createElement(UnderWay, { label: 'Measuring', progress: { done, total: 100, leftMs }, end: () => Promise.resolve() }),
    );
  const announced = (markup: string) => markup.replaceAll(/<(\w+)[^>]* aria-live="off">.*<\/\1>/gs, '');
  expect(shown(10, 47_000)).toContain('47 s left');
  expect(announced(shown(10, 47_000))).toBe('<span class="visually-hidden">Measuring</span>');
  expect(announced(shown(20, 40_000))).toBe(announced(shown(10, 47_000)));
});

it('lets the button that ends it take the focus of the one that began it', () => {
  const shown = renderToStaticMarkup(createElement(UnderWay, { label: 'Measuring', progress: null, end: () => Promise.resolve() }));
  expect(shown).toContain('<button data-focus="next">Stop measuring</button>');
});
