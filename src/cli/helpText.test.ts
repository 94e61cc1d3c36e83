import { expect, it } from 'vitest';
import { HELP } from './arguments';
import { helpText } from './helpText';

it('breaks long lines below where they begin, and long lists of names at a bar', () => {
  const names = Array.from({ length: 20 }, (_, index) => `name${index}`).join('|');
  const text = `${'Plain '.repeat(14)}end.

  --given NAME   ${names}, or more
  --long WHAT    ${'word '.repeat(20)}end
                   deeper ${'word '.repeat(14)}end
  --help         print this`;
  expect(helpText(text)).toBe(`${'Plain '.repeat(12)}Plain
Plain end.

  --given NAME   name0|name1|name2|name3|name4|name5|name6|name7|name8|name9|
                 name10|name11|name12|name13|name14|name15|name16|name17|name18|
                 name19, or more
  --long WHAT    ${'word '.repeat(12).trimEnd()}
                 ${'word '.repeat(8)}end
                   deeper ${'word '.repeat(11).trimEnd()}
                   ${'word '.repeat(3)}end
  --help         print this`);
});

it('leaves a line whole that has no place to break', () => {
  expect(helpText('x'.repeat(90))).toBe('x'.repeat(90));
});

it('keeps the help of a search within the width of a terminal', () => {
  expect(HELP.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
