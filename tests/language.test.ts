/** Every text that the source says stands in every catalogue, with the same placeholders, and the page shows no text that is not said. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { messages as chinese } from '../src/core/language/zh-CN/index';

const root = resolve(import.meta.dirname, '..');
const SAYERS = new Set(['say', 'sayLater', 'sayMarked', 'word']);
/** Attributes that a person reads or hears. */
const READ = new Set(['alt', 'aria-description', 'aria-label', 'aria-roledescription', 'aria-valuetext', 'label', 'placeholder', 'title']);

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\.d\.ts$/.test(name))
  .map((name) => {
    const path = join(root, 'src', name);
    return ts.createSourceFile(relative(root, path), readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  });

const place = (file: ts.SourceFile, node: ts.Node) => `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** The texts that an expression can be, as far as they stand in it. */
function literalsOf(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  return [];
}

interface Said {
  readonly text: string;
  readonly marked: boolean;
  readonly where: string;
  /** Names of the values given, null where they do not stand in the call. */
  readonly values: readonly string[] | null;
  /** Whether it is said at once, for an error. */
  readonly inError: boolean;
}

function namesOf(values: ts.Expression | undefined): readonly string[] | null {
  if (values === undefined) return [];
  if (!ts.isObjectLiteralExpression(values) || values.properties.some(ts.isSpreadAssignment)) return null;
  return values.properties.flatMap(({ name }) => (name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : []));
}

/** Whether a node stands in an error that is made or thrown. */
function isInError(node: ts.Node): boolean {
  if (ts.isNewExpression(node) && node.expression.getText().endsWith('Error')) return true;
  return ts.isStatement(node) ? ts.isThrowStatement(node) : isInError(node.parent);
}

const said: readonly Said[] = files.flatMap((file) =>
  [...nodesOf(file)].flatMap((node) => {
    // The command line speaks English alone, so what it counts needs no translation.
    if (ts.isCallExpression(node) && node.expression.getText() === 'counted' && !file.fileName.startsWith('src/cli/'))
      return node.arguments
        .slice(1)
        .flatMap((argument) =>
          literalsOf(argument).map((text) => ({ text, marked: false, where: place(file, node), values: null, inError: false })),
        );
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || !SAYERS.has(node.expression.text)) return [];
    const { text: sayer } = node.expression;
    const values = sayer === 'word' ? null : namesOf(node.arguments[1]);
    const inError = sayer === 'say' && isInError(node);
    return literalsOf(node.arguments[0]).map((text) => ({
      text,
      marked: sayer === 'sayMarked',
      where: place(file, node),
      values,
      inError,
    }));
  }),
);

/** The kind of element that is plain text. */
const LITERAL = 0;
type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** Names of a message's placeholders and marks. @throws where it is no ICU message */
function placeholders(text: string, marked: boolean): string[] {
  const names = (elements: readonly Element[]): string[] =>
    elements.flatMap((element) => [
      ...('value' in element && (element.type as number) !== LITERAL ? [element.value] : []),
      ...('children' in element ? names(element.children) : []),
      ...('options' in element ? Object.values(element.options).flatMap(({ value }) => names(value)) : []),
    ]);
  const ast = new IntlMessageFormat(text, 'en', undefined, { ignoreTag: !marked }).getAst();
  return [...new Set(names(ast))].sort();
}

it('every text gets the values that it asks for', () => {
  const wrong = said.flatMap(({ text, marked, where, values }) => {
    const asked = placeholders(text, marked);
    return values === null || asked.every((name) => values.includes(name)) ? [] : [`${where} "${text}" lacks values`];
  });
  expect(wrong).toEqual([]);
});

it('no error has a text that is said already, which a page in another language could not say', () => {
  expect(said.filter(({ inError }) => inError).map(({ where, text }) => `${where} "${text}"`)).toEqual([]);
});

it('what is found has one name, on the page and in documents', () => {
  const documents = [
    'README.md',
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  ].map((name) => ({ where: name, text: readFileSync(join(root, name), 'utf8') }));
  expect([...said, ...documents].filter(({ text }) => /derived\s+network/i.test(text)).map(({ where }) => where)).toEqual([]);
});

describe.each([['zh-CN', chinese]])('%s', (id, messages) => {
  it('has every text that the source says', () => {
    const missing = said.filter(({ text }) => messages[text] === undefined && /\p{Letter}/u.test(text));
    expect([...new Set(missing.map(({ text, where }) => `${where} "${text}"`))]).toEqual([]);
  });

  it('has each text in one of its files', () => {
    const folder = join(root, 'src/core/language', id);
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const texts = names.flatMap((name) => Object.keys(JSON.parse(readFileSync(join(folder, name), 'utf8')) as object));
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  it('has no text that the source does not say', () => {
    const texts = new Set(said.map(({ text }) => text));
    expect(Object.keys(messages).filter((text) => !texts.has(text))).toEqual([]);
  });

  it('has the placeholders and marks of the source', () => {
    const wrong = said.filter(({ text, marked }) => {
      const other = messages[text];
      return other !== undefined && placeholders(text, marked).join() !== placeholders(other, marked).join();
    });
    expect(wrong.map(({ text }) => text)).toEqual([]);
  });
});

/** Whether a text is for a person: not a single letter, and no program text. */
const isText = (text: string, at: ts.Node) =>
  /\p{Letter}{2}/u.test(text) && !(ts.isJsxElement(at.parent) && at.parent.openingElement.tagName.getText() === 'code');

/** The texts of an expression that nothing says: literals, and what stands between the values of a template. */
function unsaidIn(node: ts.Expression | undefined): string[] {
  if (node && ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  return literalsOf(node);
}

function unsaidAt(node: ts.Node): string[] {
  if (ts.isJsxText(node)) return [node.text.trim()];
  if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) return unsaidIn(node.expression);
  if (!ts.isJsxAttribute(node) || !READ.has(node.name.getText()) || !node.initializer) return [];
  return unsaidIn(ts.isJsxExpression(node.initializer) ? node.initializer.expression : (node.initializer as ts.StringLiteral));
}

it('the page shows no text of its own', () => {
  const page = files.filter(({ fileName }) => fileName.startsWith('src/ui/'));
  const unsaid = page.flatMap((file) =>
    [...nodesOf(file)].flatMap((node) =>
      unsaidAt(node)
        .filter((text) => isText(text, node))
        .map((text) => `${place(file, node)} ${text}`),
    ),
  );
  expect(unsaid).toEqual([]);
});
