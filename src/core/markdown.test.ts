import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { markdownTable, wrapMarkdown } from './markdown';

const formatted = (page: string) => format(page, { parser: 'markdown', printWidth: 120, proseWrap: 'always' });

describe('generated Markdown', () => {
  it('is what the formatter would make of it', async () => {
    const words = Array.from({ length: 90 }, (_, index) => 'word'.slice(0, 1 + (index % 4)).repeat(1 + (index % 7))).join(' ');
    const table = markdownTable(
      ['', 'ms ± 1'],
      [
        ['a', '12.5'],
        [words, ''],
      ],
    );
    const page = `# Title\n\n${words}\n${words}\n\n- ${words}\n- short\n- ${words}\n\n${table.join('\n')}\n\nThe end.\n`;
    expect(wrapMarkdown(page)).toBe(await formatted(page));
    expect(wrapMarkdown(wrapMarkdown(page))).toBe(wrapMarkdown(page));
  });
});
