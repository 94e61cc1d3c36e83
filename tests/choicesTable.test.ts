/**
 * The table of choices in docs/method.md must equal the list's. `npx vitest run tests/choicesTable.test.ts --update` rewrites it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { partText, unsetText } from '../src/cli/methodHelp';
import { fullLabel } from '../src/core/config/choice';
import { choices } from '../src/core/config/choices';
import { takesText } from '../src/core/config/domain';
import { unlessChosen } from '../src/core/config/settings';
import { said } from '../src/core/language/told';
import { imageClassification } from '../src/core/tasks/imageClassification';

const page = join(import.meta.dirname, '../docs/method.md');
const { quick, paper } = imageClassification.presets;

function rows(): string[][] {
  return choices.flatMap((choice) =>
    choice.parts.map((part) => [
      said(fullLabel(choice, part)),
      `\`--${choice.option}\``,
      said(takesText(part.takes)),
      part.space ?? 'all',
      ...[quick, paper].map((preset) => partText(part, { ...preset, ...unlessChosen, objective: null }) ?? unsetText(part)),
    ]),
  );
}

/** Formats tables like prettier. */
function table(lines: readonly string[][]): string {
  const widths = (lines[0] as string[]).map((_, column) => Math.max(...lines.map((cells) => (cells[column] as string).length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  const [head, ...body] = lines as [string[], ...string[][]];
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

it('docs/method.md has the table of the list', async () => {
  const [begin, end] = ['<!-- choices: made from src/core/config/choices.ts -->', '<!-- /choices -->'];
  const text = readFileSync(page, 'utf8');
  const [before, inner, after] = [text.split(begin)[0], text.split(begin)[1]?.split(end)[0], text.split(end)[1]];
  expect(inner, 'both markers are there').toBeDefined();
  const made = table([['choice', 'option', 'takes', 'searched', 'quick', 'paper'], ...rows()]);
  await expect(`${before}${begin}\n\n${made}\n\n${end}${after}`).toMatchFileSnapshot(page);
});
