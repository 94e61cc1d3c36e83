const WIDTH = 80;

/** Breaks the long lines of a command's help at spaces, or within a list of names at a bar. */
export function helpText(text: string): string {
  const column = /^ {2}--help +/m.exec(text)?.[0].length ?? 0;
  return text
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('npm ')) return wrapped(line, 2, ' [');
      return wrapped(line, /^ {2}[-(]/.test(line) ? column : line.search(/\S|$/));
    })
    .join('\n');
}

/**
 * @param indent where all lines but the first begin
 * @param gap where the line may be broken
 */
function wrapped(line: string, indent: number, gap = ' '): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > WIDTH) {
    const space = rest.lastIndexOf(gap, WIDTH);
    const end = space > indent ? space : rest.lastIndexOf('|', WIDTH - 1) + 1;
    if (end <= indent) break;
    lines.push(rest.slice(0, end).trimEnd());
    rest = ' '.repeat(indent) + rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
