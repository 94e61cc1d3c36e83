/** Writes a chart of the page into files: the picture as it is seen, or its numbers. Loaded when somebody saves one. */
import { WorkbenchError } from '../../core/errors';
import { sayLater } from '../../core/language/told';
import { download } from '../download';
import { csvOf, type TableOfChart } from './tableOfChart';

const SVG = 'http://www.w3.org/2000/svg';
/** Pixels of a PNG per pixel of the page, for print and large screens. */
const SHARPNESS = 2;
const PADDING = 8;

/** What a drawing looks like without the page's rules and theme. */
const LOOK = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-size',
  'font-family',
  'font-weight',
  'text-anchor',
];

export function saveNumbers(title: string, numbers: TableOfChart): void {
  download(`${fileName(title)}.csv`, 'text/csv', new TextEncoder().encode(csvOf(numbers)));
}

/**
 * @param figure with the chart in its `.plot`
 * @param name stands over the picture
 * @param title names the file
 */
export async function savePicture(figure: HTMLElement, name: string, title: string, as: 'png' | 'svg'): Promise<void> {
  const { svg, width, height } = pictureOf(figure, name);
  const text = new XMLSerializer().serializeToString(svg);
  if (as === 'svg') download(`${fileName(title)}.svg`, 'image/svg+xml', new TextEncoder().encode(text));
  else download(`${fileName(title)}.png`, 'image/png', await pngOf(text, width, height));
}

/** The chart with its title and its legend, each where it is on the page. @throws WorkbenchError `internal` where none is drawn */
function pictureOf(figure: HTMLElement, name: string) {
  const plot = figure.querySelector('.plot svg');
  if (!plot) throw new WorkbenchError('internal', sayLater('There is no chart to save yet. Wait until it is drawn, and save it again.'));
  const frame = figure.getBoundingClientRect();
  const [width, height] = [frame.width + 2 * PADDING, plot.getBoundingClientRect().bottom - frame.top + 2 * PADDING];
  const svg = document.createElementNS(SVG, 'svg');
  set(svg, { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  const { backgroundColor } = getComputedStyle(figure);
  svg.append(set(document.createElementNS(SVG, 'rect'), { width, height, fill: backgroundColor }));
  const title = figure.querySelector('.chart-title');
  if (title) svg.append(textAt(title, title, name, frame));
  for (const item of figure.querySelectorAll('.legend li')) {
    const swatch = item.querySelector('svg');
    if (swatch) svg.append(drawingAt(swatch, frame));
    const words = document.createRange();
    words.selectNodeContents(item);
    if (swatch) words.setStartAfter(swatch);
    svg.append(textAt(words, item, item.textContent, frame));
  }
  svg.append(drawingAt(plot, frame));
  return { svg, width, height };
}

/** A copy of a drawing, as it looks, where it is within a frame. */
function drawingAt(source: SVGElement | Element, frame: DOMRect): Element {
  const copy = source.cloneNode(true) as Element;
  const [from, to] = [
    [source, ...source.querySelectorAll('*')],
    [copy, ...copy.querySelectorAll('*')],
  ];
  from.forEach((element, index) => {
    const style = getComputedStyle(element);
    const twin = to[index] as Element;
    for (const name of LOOK) twin.setAttribute(name, style.getPropertyValue(name));
    for (const name of ['class', 'style', 'tabindex', 'role']) twin.removeAttribute(name);
  });
  for (const passing of copy.querySelectorAll('[data-passing]')) passing.remove();
  const { left, top, width, height } = source.getBoundingClientRect();
  return set(copy, { x: left - frame.left + PADDING, y: top - frame.top + PADDING, width, height });
}

function textAt(place: Element | Range, styled: Element, words: string, frame: DOMRect): Element {
  const { left, top, height } = place.getBoundingClientRect();
  const { color, fontSize, fontFamily, fontWeight } = getComputedStyle(styled);
  const text = document.createElementNS(SVG, 'text');
  text.textContent = words.trim();
  return set(text, {
    x: left - frame.left + PADDING,
    y: top - frame.top + height / 2 + PADDING,
    fill: color,
    'font-size': fontSize,
    'font-family': fontFamily,
    'font-weight': fontWeight,
    'dominant-baseline': 'central',
  });
}

function set<Made extends Element>(element: Made, attributes: Readonly<Record<string, string | number>>): Made {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** @throws WorkbenchError `internal` where the browser cannot draw the picture */
async function pngOf(svg: string, width: number, height: number): Promise<Uint8Array> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(SHARPNESS * width), Math.round(SHARPNESS * height)];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new WorkbenchError('internal', sayLater('This browser cannot write the chart as PNG. Save it as SVG instead.'));
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}

const fileName = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'chart';
