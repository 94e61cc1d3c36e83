import { afterEach, expect, it } from 'vitest';
import { inEnglish, setLanguage } from '../../core/language/say';
import { Curve } from '../../store/curve';
import { mergedRows, tableOf, valueAt, wholeOf } from './chartRows';

afterEach(() => setLanguage('en', null));

const curveOf = (...rows: [number, number][]) => {
  const curve = new Curve(['value']);
  for (const [step, value] of rows) curve.append(step, [value]);
  return curve;
};

it('joins curves by their steps, without values that are not there', () => {
  const curves = [curveOf([1, 10], [2, NaN], [3, 30]), curveOf([3, 50])];
  const lines = curves.map((curve) => ({ curve, column: 0, label: '', colour: '' }));
  const rows = curves.map((curve) => curve.rows());
  expect(mergedRows(lines, curves, rows, 10)).toEqual([{ step: 1, 0: 1 }, { step: 2 }, { step: 3, 0: 3, 1: 5 }]);
});

it('reads the nearest value at a step, the one before of what is held, and none where there is none', () => {
  const data = [
    { step: 10, 0: 1 },
    { step: 20, 0: 2 },
    { step: 24, 1: 9 },
  ];
  expect([9, 10, 14, 16, 20, 21].map((step) => valueAt(data, 0, step))).toEqual([undefined, 1, 1, 2, 2, undefined]);
  expect([9, 10, 19, 20].map((step) => valueAt(data, 0, step, true))).toEqual([undefined, 1, 1, 2]);
});

it('spans from the first step to the planned end, or beyond it', () => {
  const curve = curveOf([5, 1], [9, 1]);
  expect(wholeOf([curve, new Curve([])])).toEqual({ from: 5, to: 9 });
  curve.plannedEnd = 40;
  expect(wholeOf([curve])).toEqual({ from: 5, to: 40 });
  expect(wholeOf([new Curve([])])).toEqual({ from: 0, to: 1 });
});

it('heads a table in the language in use, and that of a file in English', () => {
  setLanguage('zh-CN', { step: '步', kept: '保留', '{place}: {label}': '{place}：{label}' });
  const headNow = () => tableOf([{ label: 'kept' }, { label: 'kept', place: 'conv1' }], []).head;
  expect(inEnglish(headNow)).toEqual(['Step', 'kept', 'conv1: kept']);
  expect(headNow()).toEqual(['步', '保留', 'conv1：保留']);
});
