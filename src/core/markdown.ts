/** Markdown for generated pages, laid out as the formatter lays out the written ones. */

const WIDTH = 120;

/** The lines of a table with columns as wide as their widest cell. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => (row[column] as string).length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

/** Wraps the paragraphs and list items of a page at 120 columns; its tables and headings stay as they are. */
export function wrapMarkdown(page: string): string {
  return page.split('\n\n').map(wrapBlock).join('\n\n');
}

function wrapBlock(block: string): string {
  if (/^[|#<]/.test(block)) return block;
  if (!block.startsWith('- ')) return wrap(block, '');
  return block
    .split(/\n(?=- )/)
    .map((item) => wrap(item, '  '))
    .join('\n');
}

/** @param indent of every line but the first */
function wrap(text: string, indent: string): string {
  const end = text.endsWith('\n') ? '\n' : '';
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && longer.length <= WIDTH) lines[lines.length - 1] = longer;
    else lines.push(lines.length > 0 ? indent + word : word);
  }
  return lines.join('\n') + end;
}
